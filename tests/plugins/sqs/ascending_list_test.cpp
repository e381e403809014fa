// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/ascending_list.h"

#include <rapidcheck/gtest.h>

#include <deque>
#include <map>

namespace streamwright::sqs {
namespace {

struct Item {
    int key = 0;
    Link<Item> link;
};
struct ByKey {
    int operator()(const Item& item) const { return item.key; }
};
using List = AscendingList<Item, &Item::link, ByKey>;

RC_GTEST_PROP(AscendingList, StaysInOrderUnderAnyInsertionsAndErasures,
              (const std::vector<int>& keys, const std::vector<int>& gone))
{
    List list;
    std::deque<Item> items;
    std::map<int, Item*> model;
    for (const int key : keys) {
        if (model.contains(key)) continue;
        model[key] = &items.emplace_back(Item{key, {}});
        list.insert(items.back());
    }
    for (const int which : gone) {
        if (model.empty()) break;
        const auto at =
            std::next(model.begin(), static_cast<std::ptrdiff_t>(static_cast<unsigned>(which) % model.size()));
        list.erase(*at->second);
        model.erase(at);
    }
    RC_ASSERT(list.size() == model.size());
    RC_ASSERT(list.empty() == model.empty());
    RC_ASSERT(list.back() == (model.empty() ? nullptr : model.rbegin()->second));
    Item* at = list.front();
    for (const auto& [key, item] : model) {
        RC_ASSERT(at == item);
        at = list.after(*at);
    }
    RC_ASSERT(at == nullptr);
}

} // namespace
} // namespace streamwright::sqs
