// SPDX-License-Identifier: GPL-3.0-or-later
// Mutex and MutexLock: std::mutex with clang's thread-safety annotations, so that -Wthread-safety proves the locking.
#pragma once

#include <mutex>

#if defined(__clang__)
#define SW_ATTRIBUTE(x) __attribute__((x))
#else
#define SW_ATTRIBUTE(x)
#endif
#define CAPABILITY(x) SW_ATTRIBUTE(capability(x))
#define SCOPED_CAPABILITY SW_ATTRIBUTE(scoped_lockable)
#define GUARDED_BY(x) SW_ATTRIBUTE(guarded_by(x))
#define REQUIRES(...) SW_ATTRIBUTE(requires_capability(__VA_ARGS__))
#define EXCLUDES(...) SW_ATTRIBUTE(locks_excluded(__VA_ARGS__))
#define ACQUIRE(...) SW_ATTRIBUTE(acquire_capability(__VA_ARGS__))
#define RELEASE(...) SW_ATTRIBUTE(release_capability(__VA_ARGS__))
#define ASSERT_CAPABILITY(x) SW_ATTRIBUTE(assert_capability(x))

namespace streamwright {

class CAPABILITY("mutex") Mutex {
public:
    void lock() ACQUIRE() { mutex_.lock(); }
    void unlock() RELEASE() { mutex_.unlock(); }
    // Tells the analysis that this thread holds it, where it cannot know.
    void assertHeld() ASSERT_CAPABILITY(this) { }

private:
    std::mutex mutex_;
};

class SCOPED_CAPABILITY MutexLock {
public:
    explicit MutexLock(Mutex& mutex) ACQUIRE(mutex) : mutex_(mutex) { mutex_.lock(); }
    ~MutexLock() RELEASE() { mutex_.unlock(); }
    MutexLock(const MutexLock&) = delete;
    MutexLock& operator=(const MutexLock&) = delete;

private:
    Mutex& mutex_;
};

} // namespace streamwright
