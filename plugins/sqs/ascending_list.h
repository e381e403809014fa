// SPDX-License-Identifier: GPL-3.0-or-later
// AscendingList: items in ascending order of a key, for keys that mostly come in order (send times, deadlines).
// Inserting at either end and erasing is O(1); an item that falls between is a straggler in a tree, O(log stragglers).
// Items are not owned and carry their Link; keys are unique and must not change while listed. One thread at a time.
#pragma once

#include <cstddef>
#include <set>

namespace streamwright::sqs {

template <typename T>
struct Link {
    T* before = nullptr; // the item itself marks a straggler
    T* after = nullptr;
};

// Key: a stateless function object; Key{}(item) gives something with operator<.
template <typename T, Link<T> T::*kLink, typename Key>
class AscendingList {
public:
    void insert(T& item)
    {
        ++size_;
        if (!last_ || Less{}(last_, &item)) {
            link(item) = {last_, nullptr};
            (last_ ? link(*last_).after : first_) = &item;
            last_ = &item;
        } else if (Less{}(&item, first_)) {
            link(item) = {nullptr, first_};
            link(*first_).before = &item;
            first_ = &item;
        } else {
            link(item) = {&item, nullptr};
            stragglers_.insert(&item);
        }
    }

    void erase(T& item)
    {
        --size_;
        if (isStraggler(item)) {
            stragglers_.erase(&item);
            return;
        }
        const Link<T> gone = link(item);
        (gone.before ? link(*gone.before).after : first_) = gone.after;
        (gone.after ? link(*gone.after).before : last_) = gone.before;
    }

    T* front() const { return stragglers_.empty() ? first_ : smaller(first_, *stragglers_.begin()); }
    T* back() const
    {
        if (stragglers_.empty()) return last_;
        T* straggler = *stragglers_.rbegin();
        return last_ && Less{}(straggler, last_) ? last_ : straggler;
    }
    // The one after a listed item; O(log stragglers) beside a straggler, which needs a walk in the list.
    T* after(const T& item) const
    {
        T* listed = isStraggler(item) ? first_ : link(item).after;
        while (listed && !Less{}(&item, listed))
            listed = link(*listed).after;
        const auto straggler = stragglers_.upper_bound(const_cast<T*>(&item));
        return straggler == stragglers_.end() ? listed : smaller(listed, *straggler);
    }

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    // Forgets the items without touching them.
    void clear() { *this = AscendingList(); }

private:
    struct Less {
        bool operator()(const T* a, const T* b) const { return Key{}(*a) < Key{}(*b); }
    };
    static Link<T>& link(T& item) { return item.*kLink; }
    static const Link<T>& link(const T& item) { return item.*kLink; }
    static bool isStraggler(const T& item) { return link(item).before == &item; }
    static T* smaller(T* listed, T* straggler) { return listed && Less{}(listed, straggler) ? listed : straggler; }

    T* first_ = nullptr;
    T* last_ = nullptr;
    std::set<T*, Less> stragglers_;
    std::size_t size_ = 0;
};

} // namespace streamwright::sqs
