// global_lock.cpp - see global_lock.h.
#include "runtime/interp/global_lock.h"

#include "runtime/interp/interp.h"

#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <pthread.h>

namespace krait {

bool krt_lock_used = false;

namespace {

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t freed;    // the lock became free
pthread_cond_t switched; // another thread took it
bool held = false;
ThreadState *holder = nullptr;
uint64_t switches = 0;
int waiting = 0;
int64_t intervalNanoseconds = 5'000'000;

ThreadState **threads = nullptr; // outside collected memory: thread states are roots by themselves
size_t threadCount = 0, threadCapacity = 0;
ThreadState *mainThread = nullptr;

void initConditions() {
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&freed, &attributes);
  pthread_cond_init(&switched, &attributes);
  pthread_condattr_destroy(&attributes);
}

timespec deadline() {
  timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  int64_t nanoseconds = at.tv_nsec + intervalNanoseconds;
  at.tv_sec += nanoseconds / 1'000'000'000;
  at.tv_nsec = nanoseconds % 1'000'000'000;
  return at;
}

/// At a poll: others wait, so one of them must get the lock before it is taken again.
void handOver() {
  if (!krt_lock_used)
    return;
  pthread_mutex_lock(&mutex);
  if (!waiting) {
    pthread_mutex_unlock(&mutex);
    return;
  }
  held = false;
  uint64_t before = switches;
  pthread_cond_signal(&freed);
  while (switches == before && waiting)
    pthread_cond_wait(&switched, &mutex);
  pthread_mutex_unlock(&mutex);
  krt_lock_acquire();
}

} // namespace

extern "C" {

void krt_lock_start() {
  if (krt_lock_used)
    return;
  initConditions();
  held = true;
  holder = &krt_thread;
  krt_lock_hook = handOver;
  krt_lock_used = true;
}

void krt_lock_acquire() {
  int error = errno;
  pthread_mutex_lock(&mutex);
  while (held) {
    timespec until = deadline();
    uint64_t before = switches;
    ++waiting;
    int result = pthread_cond_timedwait(&freed, &mutex, &until);
    --waiting;
    if (result == ETIMEDOUT && held && switches == before && holder)
      holder->poll.fetch_or(kPollLock, std::memory_order_release);
  }
  held = true;
  holder = &krt_thread;
  ++switches;
  pthread_cond_broadcast(&switched);
  pthread_mutex_unlock(&mutex);
  errno = error;
}

void krt_lock_release() {
  int error = errno;
  pthread_mutex_lock(&mutex);
  held = false;
  holder = nullptr;
  pthread_cond_signal(&freed);
  pthread_mutex_unlock(&mutex);
  errno = error;
}

void krt_lock_after_fork() {
  for (size_t i = 0; i < threadCount; ++i)
    if (threads[i] == &krt_thread) {
      threads[0] = threads[i];
      threadCount = 1;
    }
  mainThread = &krt_thread;
  if (!krt_lock_used)
    return;
  pthread_mutex_init(&mutex, nullptr);
  initConditions();
  held = true;
  holder = &krt_thread;
  waiting = 0;
}

double krt_lock_interval() { return static_cast<double>(intervalNanoseconds) / 1e9; }
void krt_lock_set_interval(double seconds) {
  intervalNanoseconds = seconds < 1e-6 ? 1000 : static_cast<int64_t>(seconds * 1e9);
}

void krt_threads_add(ThreadState *thread) {
  if (threadCount == threadCapacity) {
    threadCapacity = threadCapacity ? threadCapacity * 2 : 16;
    threads = static_cast<ThreadState **>(std::realloc(threads, threadCapacity * sizeof *threads));
  }
  if (!mainThread)
    mainThread = thread;
  thread->id = static_cast<uint64_t>(pthread_self());
  threads[threadCount++] = thread;
}

void krt_threads_remove(ThreadState *thread) {
  for (size_t i = 0; i < threadCount; ++i)
    if (threads[i] == thread) {
      std::copy(threads + i + 1, threads + threadCount, threads + i);
      --threadCount;
      return;
    }
}

void krt_threads_each(void (*visit)(ThreadState *thread, void *data), void *data) {
  for (size_t i = threadCount; i--;)
    visit(threads[i], data);
}

ThreadState *krt_thread_main() { return mainThread; }

} // extern "C"
} // namespace krait
