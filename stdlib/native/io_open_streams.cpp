// io_open_streams.cpp - the streams that may hold unwritten data: flushed at exit, and when somebody is about
// to look at what a stream that nobody holds any more has still to write.
//
// `open(path, "w").write(text)` is common: with reference counts the file is written and closed when the
// statement ends. Here it is when a collection finds the stream, so a collection is made before the
// difference can be seen: before the same file is opened or asked for its size, before a process is started
// or replaced, and when descriptors run out. The collector may still see the stream in a stale word of the
// native stack, where compiled code keeps its values: one that is in use as far as the collector knows, but
// not from any module, object or interpreted activation, is flushed.
#include "runtime/object/state.h"
#include "stdlib/native/gc_referents.h"
#include "stdlib/native/io_streams.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <unordered_set>

namespace krait {

namespace {

/// One stream; in malloc'ed memory, so that the link is no reference.
struct OpenStream {
  void *link;
  int (*flush)(Object *stream);
  OpenStream *next, *previous;
  uint64_t device, inode;                 // of the regular file it writes; 0: none
  enum { kUnknown, kHeld, kUnclear } use; // after a collection for its sake: none is made again
  bool chosen;
};
OpenStream *openStreams = nullptr;

Buffered *bufferOf(Object *stream) {
  return krt_instance(stream, &krt_textiowrapper_class) ? static_cast<TextWrapper *>(stream)->direct
                                                        : static_cast<Buffered *>(stream);
}
FileIO *fileOf(Object *stream) {
  Buffered *buffered = bufferOf(stream);
  return buffered ? buffered->file : nullptr;
}

/// Whether data waits above the file itself.
bool isDirty(Object *stream) {
  Buffered *buffered = bufferOf(stream);
  return (buffered && buffered->dirty > 0) || (krt_instance(stream, &krt_textiowrapper_class) &&
                                               static_cast<TextWrapper *>(stream)->pendingSize > 0);
}

bool isOf(const OpenStream *entry, const struct stat *status) {
  return entry->inode && entry->use != OpenStream::kHeld &&
         (!status || (entry->inode == status->st_ino && entry->device == status->st_dev));
}

/// Chooses the streams with unwritten data of [status]'s file, or of any file if it is null: whether there
/// are any.
bool choose(const struct stat *status) {
  bool found = false;
  for (OpenStream *entry = openStreams; entry; entry = entry->next) {
    Object *stream = isOf(entry, status) ? krt_gc_weak_get(&entry->link) : nullptr;
    entry->chosen = isOf(entry, status) && (!stream || isDirty(stream));
    found |= entry->chosen;
  }
  return found;
}

bool anyRegular() {
  for (OpenStream *entry = openStreams; entry; entry = entry->next)
    if (isOf(entry, nullptr))
      return true;
  return false;
}

[[gnu::noinline]] bool waitsFor_py(Value path) {
  struct stat status;
  if (!strCheck(path) && !bytesCheck(path) && !krt_getattr_optional_py(path, KSTR(__fspath__))) {
    krt_error_clear();
    return false;
  }
  const char *text = ioFsPath_py(path);
  krt_error_clear(); // the call that this is made for finds the error again
  return text && ::stat(text, &status) == 0 && S_ISREG(status.st_mode) && choose(&status);
}

/// After the collection: which of the chosen streams that are left are held, and by whom is not clear?
[[gnu::noinline]] void judge() {
  GcVector<Value> objects;
  gcReachable(&objects);
  std::unordered_set<const void *> held;
  for (Value object : objects)
    held.insert(object.asObject());
  for (OpenStream *entry = openStreams; entry; entry = entry->next)
    if (Object *stream = krt_gc_weak_get(&entry->link); stream && held.contains(stream))
      held.insert(bufferOf(stream)); // text comes before the buffer below it
  for (OpenStream *entry = openStreams; entry; entry = entry->next)
    if (entry->chosen)
      entry->use = held.contains(krt_gc_weak_get(&entry->link)) ? OpenStream::kHeld : OpenStream::kUnclear;
}

[[gnu::noinline]] void flushUnclear_py() {
  GcVector<Object *> streams;
  GcVector<void *> calls;
  for (OpenStream *entry = openStreams; entry; entry = entry->next)
    if (Object *stream =
            entry->chosen && entry->use == OpenStream::kUnclear ? krt_gc_weak_get(&entry->link) : nullptr) {
      streams.push(stream);
      calls.push(reinterpret_cast<void *>(entry->flush));
    }
  for (size_t i = 0; i < streams.size(); i++)
    if (reinterpret_cast<int (*)(Object *)>(calls[i])(streams[i]) < 0)
      krt_error_unraisable(Value(streams[i]));
}

bool anyChosen(int use) {
  for (OpenStream *entry = openStreams; entry; entry = entry->next)
    if (entry->chosen && entry->use == use)
      return true;
  return false;
}

void settleChosen_py(bool flush) {
  if (anyChosen(OpenStream::kUnknown)) {
    ioCloseDropped_py();
    if (anyChosen(OpenStream::kUnknown))
      judge();
  }
  if (flush)
    flushUnclear_py();
}

} // namespace

void *ioExitRegister(Object *stream, int (*flush)(Object *)) {
  auto *entry = static_cast<OpenStream *>(std::malloc(sizeof(OpenStream)));
  struct stat status;
  FileIO *file = fileOf(stream);
  bool isRegular = file && file->fd >= 0 && ::fstat(file->fd, &status) == 0 && S_ISREG(status.st_mode);
  *entry = {.link = nullptr,
            .flush = flush,
            .next = openStreams,
            .previous = nullptr,
            .device = isRegular ? status.st_dev : 0,
            .inode = isRegular ? status.st_ino : 0,
            .use = OpenStream::kUnknown,
            .chosen = false};
  if (openStreams)
    openStreams->previous = entry;
  openStreams = entry;
  krt_gc_weak_register(&entry->link, stream);
  return entry;
}

void ioExitForget(void *pointer) {
  auto *entry = static_cast<OpenStream *>(pointer);
  if (!entry)
    return;
  krt_gc_weak_unregister(&entry->link);
  (entry->previous ? entry->previous->next : openStreams) = entry->next;
  if (entry->next)
    entry->next->previous = entry->previous;
  std::free(entry);
}

void ioCloseDropped_py() {
  if (krt_before_explicit_collection)
    krt_before_explicit_collection();
  krt_gc_collect();
  krt_gc_run_finalizers();
}
void ioDescriptorsGrow_py(int fd) {
  // So many are in use before those of dropped files are looked for: twice what was left the last time.
  constexpr int kFew = 64;
  static int limit = kFew;
  if (fd < limit)
    return;
  ioCloseDropped_py();
  int lowest = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (lowest >= 0)
    ::close(lowest);
  limit = std::max(kFew, 2 * (lowest >= 0 ? lowest : fd));
}
void ioSettle_py(Value path) {
  if (__builtin_expect(anyRegular(), 0) && waitsFor_py(path))
    settleChosen_py(true);
}
void ioSettleAll_py(bool ending) {
  if (anyRegular() && choose(nullptr))
    settleChosen_py(!ending);
}

void ioFlushAtExit_py() {
  BufferedUse::exiting = true;
  // Newest first: text before the buffer below it. Flushing may close streams, so the list is walked
  // beforehand.
  GcVector<Object *> streams;
  GcVector<void *> calls;
  for (OpenStream *entry = openStreams; entry; entry = entry->next)
    if (Object *stream = krt_gc_weak_get(&entry->link)) {
      streams.push(stream);
      calls.push(reinterpret_cast<void *>(entry->flush));
    }
  for (size_t i = 0; i < streams.size(); i++)
    if (reinterpret_cast<int (*)(Object *)>(calls[i])(streams[i]) < 0)
      krt_error_clear();
  for (Object *stream : streams)
    ioWarnLast_py(stream);
}

} // namespace krait
