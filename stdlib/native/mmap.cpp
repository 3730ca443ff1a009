// mmap.cpp - see mmap.h in this folder.
#include "stdlib/native/mmap.h"
#include "runtime/gc/closer.h"

#include "runtime/object/args.h"
#include "runtime/object/exports.h"
#include "runtime/object/iteration.h"
#include "runtime/object/sequence.h"
#include "stdlib/native/class_module.h"
#include "stdlib/native/system_calls.h"

#include <algorithm>
#include <string_view>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stdlib/native/mmap.bind.inc"

namespace krait {

namespace {

MemoryMap *mapOf(Value v) { return v.as<MemoryMap>(); }

bool isOpen(Value v) {
  if (mapOf(v)->data)
    return true;
  krt_raise(kValueError, "mmap closed or invalid");
  return false;
}
bool isWritable(Value v) {
  auto *self = mapOf(v);
  if (self->access == MapAccess::Read ||
      (self->access == MapAccess::Default && !(self->protection & PROT_WRITE))) {
    krt_raise(kTypeError, "mmap can't modify a readonly memory map.");
    return false;
  }
  return true;
}
void closeFile(MemoryMap *self) {
  if (self->fd >= 0)
    ::close(self->fd);
  self->fd = -1;
}
void release(MemoryMap *self) {
  if (uint8_t *mapped = self->data ? self->data : self->left)
    ::munmap(mapped, static_cast<size_t>(std::max<int64_t>(self->length, 1)));
  self->data = self->left = nullptr;
  closeFile(self);
}
void drop(Object *object) { release(static_cast<MemoryMap *>(object)); }

bool int64Or_py(Value given, int64_t fallback, int64_t *out) {
  *out = fallback;
  return !given || krt_arg_int64_py(given, out);
}

/// mmap(fileno, length, flags=MAP_SHARED, prot=PROT_WRITE|PROT_READ, access=ACCESS_DEFAULT, offset=0)
Value make(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  static const char *const names[] = {"fileno", "length", "flags", "prot", "access", "offset"};
  Value given[6] = {};
  size_t keywords = kwnames ? static_cast<size_t>(kwnames->length) : 0;
  if (nargs + keywords > 6)
    return krt_raise(kTypeError, "function takes at most 6 arguments (%zu given)", nargs + keywords);
  std::copy_n(args, nargs, given);
  for (size_t k = 0; k < keywords; ++k) {
    size_t i = 0;
    while (i < 6 && strView(kwnames->items[k].as<Str>()) != names[i])
      ++i;
    if (i == 6)
      return krt_raise(kTypeError, "'%S' is an invalid keyword argument for this function",
                       kwnames->items[k]);
    if (given[i])
      return krt_raise(kTypeError, "argument for function given by name ('%s') and position (%zu)", names[i],
                       i + 1);
    given[i] = args[nargs + k];
  }
  for (size_t i = 0; i < 2; ++i)
    if (!given[i])
      return krt_raise(kTypeError, "function missing required argument '%s' (pos %zu)", names[i], i + 1);
  int32_t fd, flags = MAP_SHARED, protection = PROT_WRITE | PROT_READ, accessNumber = 0;
  int64_t length, offset;
  if (!krt_arg_int32_py(given[0], &fd) || !krt_arg_int64_py(given[1], &length) ||
      (given[2] && !krt_arg_int32_py(given[2], &flags)) ||
      (given[3] && !krt_arg_int32_py(given[3], &protection)) ||
      (given[4] && !krt_arg_int32_py(given[4], &accessNumber)) || !int64Or_py(given[5], 0, &offset))
    return {};
  if (length < 0)
    return krt_raise(kOverflowError, "memory mapped length must be positive");
  if (offset < 0)
    return krt_raise(kOverflowError, "memory mapped offset must be positive");
  TRY_AUDIT("mmap.__new__", smallInt(fd), krt_int_from_i64(length), smallInt(accessNumber),
            krt_int_from_i64(offset));
  if (accessNumber && (given[2] || given[3]))
    return krt_raise(kValueError, "mmap can't specify both access and flags, prot.");
  auto access = static_cast<MapAccess>(accessNumber);
  switch (access) {
  case MapAccess::Read:
    flags = MAP_SHARED;
    protection = PROT_READ;
    break;
  case MapAccess::Write:
    flags = MAP_SHARED;
    protection = PROT_READ | PROT_WRITE;
    break;
  case MapAccess::Copy:
    flags = MAP_PRIVATE;
    protection = PROT_READ | PROT_WRITE;
    break;
  case MapAccess::Default:
    if (!(protection & PROT_WRITE) && (protection & PROT_READ))
      access = MapAccess::Read;
    else if (!(protection & PROT_READ) && (protection & PROT_WRITE))
      access = MapAccess::Write;
    break;
  default:
    return krt_raise(kValueError, "mmap invalid access parameter.");
  }
  struct stat status;
  if (fd != -1 && ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) {
    if (length == 0) {
      if (status.st_size == 0)
        return krt_raise(kValueError, "cannot mmap an empty file");
      if (offset >= status.st_size)
        return krt_raise(kValueError, "mmap offset is greater than file size");
      length = status.st_size - offset;
    } else if (offset > status.st_size || status.st_size - offset < length) {
      return krt_raise(kValueError, "mmap length is greater than file size");
    }
  }
  auto *self = newInstance<MemoryMap>(krt_memory_map_class, cls);
  self->fd = -1;
  if (fd == -1) {
    flags |= MAP_ANONYMOUS;
  } else {
    self->fd = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (self->fd < 0)
      return krt_raise_errno(errno, {}, {});
  }
  void *data = ::mmap(nullptr, static_cast<size_t>(length), protection, flags, fd, offset);
  if (data == MAP_FAILED) {
    int error = errno;
    release(self);
    return krt_raise_errno(error, {}, {});
  }
  self->data = static_cast<uint8_t *>(data);
  self->length = length;
  self->offset = offset;
  self->access = access;
  self->flags = flags;
  self->protection = protection;
  krt_gc_set_closer(self, drop);
  return self;
}

Value repr(Value v) {
  auto *self = mapOf(v);
  if (!self->data)
    return krt_str_format("<%s closed=True>", krt_class_name(classOf(v)));
  static const char *const names[] = {"ACCESS_DEFAULT", "ACCESS_READ", "ACCESS_WRITE", "ACCESS_COPY"};
  return krt_str_format("<%s closed=False, access=%s, length=%lld, pos=%lld, offset=%lld>",
                        krt_class_name(classOf(v)), names[static_cast<int>(self->access)],
                        static_cast<long long>(self->length), static_cast<long long>(self->position),
                        static_cast<long long>(self->offset));
}

int64_t length(Value v) { return isOpen(v) ? mapOf(v)->length : -1; }

Value getItem(Value v, Value key) {
  if (!isOpen(v))
    return {};
  auto *self = mapOf(v);
  int64_t start, stop, step;
  if (!isExact(key, krt_slice_class)) {
    if (!sequenceIndex(key, self->length, "mmap indices must be integers", "mmap index out of range", &start))
      return {};
    return isOpen(v) ? smallInt(self->data[start]) : Value();
  }
  Slice *slice = TRY(sliceSettled_py(key.as<Slice>()));
  int64_t count = TRY_INT(krt_slice_adjust_py(slice, self->length, &start, &stop, &step));
  if (!isOpen(v))
    return {};
  Bytes *bytes = TRY(krt_bytes_raw(static_cast<size_t>(count)));
  for (int64_t i = 0; i < count; ++i)
    bytes->data[i] = self->data[start + i * step];
  return bytes;
}

int setItem(Value v, Value key, Value value) {
  if (!isOpen(v) || !isWritable(v))
    return -1;
  auto *self = mapOf(v);
  int64_t start, stop, step;
  if (!isExact(key, krt_slice_class)) {
    if (!sequenceIndex(key, self->length, "mmap indices must be integers", "mmap index out of range", &start))
      return -1;
    if (!value)
      return raiseInt(kTypeError, "mmap doesn't support item deletion");
    if (!krt_int_check(value) && !classOf(value)->slots.index)
      return raiseInt(kTypeError, "mmap item value must be an int");
    int64_t byte = krt_index_i64_py(value, nullptr);
    if (byte == -1 && errorPending())
      return -1;
    if (byte < 0 || byte > 255)
      return raiseInt(kValueError, "mmap item value must be in range(0, 256)");
    if (!isOpen(v))
      return -1;
    if (start >= self->length)
      return raiseInt(kIndexError, "mmap index out of range");
    self->data[start] = static_cast<uint8_t>(byte);
    return 0;
  }
  Slice *slice = TRY_OR_MINUS(sliceSettled_py(key.as<Slice>()));
  int64_t count = krt_slice_adjust_py(slice, self->length, &start, &stop, &step);
  if (count < 0)
    return -1;
  if (!value)
    return raiseInt(kTypeError, "mmap object doesn't support slice deletion");
  BytesLike bytes;
  if (!bytes.acquire_py(value))
    return -1;
  if (bytes.size() != count)
    return raiseInt(kIndexError, "mmap slice assignment is wrong size");
  if (!isOpen(v))
    return -1;
  for (int64_t i = 0; i < count; ++i)
    self->data[start + i * step] = bytes.data()[i];
  return 0;
}

/// As a sequence it consists of bytes of length 1.
int contains(Value v, Value item) {
  if (!isOpen(v))
    return -1;
  if (!bytesCheck(item) || item.as<Bytes>()->length != 1)
    return 0;
  return std::memchr(mapOf(v)->data, item.as<Bytes>()->data[0], static_cast<size_t>(mapOf(v)->length)) !=
         nullptr;
}
Value iter(Value v) {
  auto *iterator = gcNew<MemoryMapIter>(krt_memory_map_iter_class);
  iterator->map = v;
  return iterator;
}
Value iterNext(Value v) {
  auto *iterator = v.as<MemoryMapIter>();
  if (!iterator->map || !isOpen(iterator->map))
    return {};
  auto *self = mapOf(iterator->map);
  if (iterator->index < self->length)
    return krt_bytes_new(self->data + iterator->index++, 1);
  iterator->map = Value();
  return {};
}

int getBuffer(Value v, Buffer *out, int) {
  if (!isOpen(v))
    return -1;
  auto *self = mapOf(v);
  bufferFillBytes(out, v, self->data, self->length, self->access == MapAccess::Read);
  self->exports++;
  return 0;
}
void releaseBuffer(Value v, Buffer *) { mapOf(v)->exports--; }

Value search_py(Value v, Value sub, Value startGiven, Value endGiven, bool backwards) {
  if (!isOpen(v))
    return {};
  auto *self = mapOf(v);
  BytesLike bytes;
  int64_t start, end;
  if (!bytes.acquire_py(sub) || !int64Or_py(startGiven, self->position, &start) ||
      !int64Or_py(endGiven, self->length, &end) || !isOpen(v))
    return {};
  auto clip = [&](int64_t i) { return std::clamp<int64_t>(i < 0 ? i + self->length : i, 0, self->length); };
  start = clip(start);
  end = clip(end);
  if (start > end)
    return smallInt(-1);
  std::string_view text(reinterpret_cast<char *>(self->data) + start, static_cast<size_t>(end - start));
  size_t found = backwards ? text.rfind(bytes.view()) : text.find(bytes.view());
  return smallInt(found == std::string_view::npos ? -1 : static_cast<int64_t>(found) + start);
}

} // namespace

Value krt_memory_map_close(Value v) {
  auto *self = mapOf(v);
  if (exportsHold(self->exports))
    return krt_raise(kBufferError, "cannot close exported pointers exist");
  if (self->exports > 0) {
    if (self->data)
      self->left = self->data;
    self->data = nullptr;
    closeFile(self);
    return kNone;
  }
  release(self);
  krt_gc_clear_finalizer(self);
  return kNone;
}
bool krt_memory_map_closed(Value v) { return !mapOf(v)->data; }
Value krt_memory_map_find_py(Value v, Value sub, Value start, Value end) {
  return search_py(v, sub, start, end, false);
}
Value krt_memory_map_rfind_py(Value v, Value sub, Value start, Value end) {
  return search_py(v, sub, start, end, true);
}

Value krt_memory_map_flush_py(Value v, Value offsetGiven, Value sizeGiven) {
  auto *self = mapOf(v);
  int64_t offset, size;
  if (!isOpen(v) || !int64Or_py(offsetGiven, 0, &offset) || !int64Or_py(sizeGiven, self->length, &size) ||
      !isOpen(v))
    return {};
  if (size < 0 || offset < 0 || self->length - offset < size)
    return krt_raise(kValueError, "flush values out of range");
  if (self->access == MapAccess::Read || self->access == MapAccess::Copy)
    return kNone;
  return noneOrError(::msync(self->data + offset, static_cast<size_t>(size), MS_SYNC));
}
Value krt_memory_map_madvise_py(Value v, int option, Value startGiven, Value lengthGiven) {
  auto *self = mapOf(v);
  int64_t start, size;
  if (!isOpen(v) || !int64Or_py(startGiven, 0, &start) || !int64Or_py(lengthGiven, self->length, &size) ||
      !isOpen(v))
    return {};
  if (start < 0 || start >= self->length)
    return krt_raise(kValueError, "madvise start out of bounds");
  if (size < 0)
    return krt_raise(kValueError, "madvise length invalid");
  if (INT64_MAX - start < size)
    return krt_raise(kOverflowError, "madvise length too large");
  size = std::min(size, self->length - start);
  return noneOrError(::madvise(self->data + start, static_cast<size_t>(size), option));
}
Value krt_memory_map_move(Value v, int64_t dest, int64_t src, int64_t count) {
  auto *self = mapOf(v);
  if (!isOpen(v) || !isWritable(v))
    return {};
  if (dest < 0 || src < 0 || count < 0 || self->length - dest < count || self->length - src < count)
    return krt_raise(kValueError, "source, destination, or count out of range");
  std::memmove(self->data + dest, self->data + src, static_cast<size_t>(count));
  return kNone;
}

static Value taken(MemoryMap *self, int64_t count) {
  Value bytes = krt_bytes_new(self->data + self->position, static_cast<size_t>(count));
  self->position += count;
  return bytes;
}
Value krt_memory_map_read_py(Value v, Value n) {
  auto *self = mapOf(v);
  int64_t count = INT64_MAX;
  if (!isOpen(v))
    return {};
  if (n != kNone) {
    if (!krt_int_check(n) && !classOf(n)->slots.index)
      return krt_raise(kTypeError, "argument should be integer or None, not '%T'", n);
    count = krt_index_i64_py(n, nullptr);
    if ((count == -1 && errorPending()) || !isOpen(v))
      return {};
  }
  int64_t left = std::max<int64_t>(0, self->length - self->position);
  return taken(self, count < 0 ? left : std::min(count, left));
}
Value krt_memory_map_readByte(Value v) {
  auto *self = mapOf(v);
  if (!isOpen(v))
    return {};
  if (self->position >= self->length)
    return krt_raise(kValueError, "read byte out of range");
  return smallInt(self->data[self->position++]);
}
Value krt_memory_map_readline(Value v) {
  auto *self = mapOf(v);
  if (!isOpen(v))
    return {};
  int64_t left = std::max<int64_t>(0, self->length - self->position);
  auto *start = self->data + self->position;
  auto *newline =
      static_cast<uint8_t *>(left ? std::memchr(start, '\n', static_cast<size_t>(left)) : nullptr);
  return taken(self, newline ? newline - start + 1 : left);
}
Value krt_memory_map_resize(Value v, int64_t size) {
  auto *self = mapOf(v);
  if (!isOpen(v))
    return {};
  if (exportsHoldSurely(self->exports))
    return krt_raise(kBufferError, "mmap can't resize with extant buffers exported.");
  if (self->access != MapAccess::Write && self->access != MapAccess::Default)
    return krt_raise(kTypeError, "mmap can't resize a readonly or copy-on-write memory map.");
  if (size < 0 || INT64_MAX - size < self->offset)
    return krt_raise(kValueError, "new size out of range");
  if (self->fd >= 0 && ::ftruncate(self->fd, self->offset + size) < 0)
    return krt_raise_errno(errno, {}, {});
  void *moved =
      ::mremap(self->data, static_cast<size_t>(self->length), static_cast<size_t>(size), MREMAP_MAYMOVE);
  if (moved == MAP_FAILED)
    return krt_raise_errno(errno, {}, {});
  self->data = static_cast<uint8_t *>(moved);
  self->length = size;
  return kNone;
}
Value krt_memory_map_seek(Value v, int64_t position, int whence) {
  auto *self = mapOf(v);
  if (!isOpen(v))
    return {};
  if (whence < 0 || whence > 2)
    return krt_raise(kValueError, "unknown seek type");
  int64_t base = whence == 0 ? 0 : whence == 1 ? self->position : self->length, target;
  if (__builtin_add_overflow(base, position, &target) || target < 0 || target > self->length)
    return krt_raise(kValueError, "seek out of range");
  self->position = target;
  return kNone;
}
Value krt_memory_map_size(Value v) {
  struct stat status;
  if (!isOpen(v))
    return {};
  if (::fstat(mapOf(v)->fd, &status) < 0)
    return krt_raise_errno(errno, {}, {});
  return krt_int_from_i64(status.st_size);
}
Value krt_memory_map_tell(Value v) { return isOpen(v) ? smallInt(mapOf(v)->position) : Value(); }
Value krt_memory_map_write_py(Value v, Value data) {
  auto *self = mapOf(v);
  BytesLike bytes;
  if (!isOpen(v) || !bytes.acquire_py(data) || !isWritable(v) || !isOpen(v))
    return {};
  if (self->position > self->length || self->length - self->position < bytes.size())
    return krt_raise(kValueError, "data out of range");
  std::memmove(self->data + self->position, bytes.data(), static_cast<size_t>(bytes.size()));
  self->position += bytes.size();
  return smallInt(bytes.size());
}
Value krt_memory_map_writeByte_py(Value v, Value given) {
  auto *self = mapOf(v);
  int64_t byte = krt_index_i64_py(given, nullptr);
  if (byte == -1 && errorPending())
    return {};
  if (byte < 0 || byte > 255)
    return krt_raise(kOverflowError, byte < 0 ? "unsigned byte integer is less than minimum"
                                              : "unsigned byte integer is greater than maximum");
  if (!isOpen(v) || !isWritable(v))
    return {};
  if (self->position >= self->length)
    return krt_raise(kValueError, "write byte out of range");
  self->data[self->position++] = static_cast<uint8_t>(byte);
  return kNone;
}
Value krt_memory_map_enter(Value v) { return isOpen(v) ? v : Value(); }
Value krt_memory_map_exit(Value v, ArgSpan) { return krt_memory_map_close(v); }
int64_t krt_memory_map_sizeof(Value) { return sizeof(MemoryMap); }

extern "C" {
Class krt_memory_map_iter_class = {
    .nativeName = "iterator",
    .basicSize = sizeof(MemoryMapIter),
    .slots = {.iter = iteratorSelf, .next = iterNext},
};
Class krt_memory_map_class = {
    .flags = kClassBase | kClassWeakref,
    .nativeName = "mmap.mmap",
    .basicSize = sizeof(MemoryMap),
    .slots = {.repr = repr,
              .iter = iter,
              .length = length,
              .contains = contains,
              .getitem = getItem,
              .setitem = setItem,
              .make = make,
              .getBuffer = getBuffer,
              .releaseBuffer = releaseBuffer},
    .methods = krt_memory_map_defs,
    .doc = krt_memory_map_doc,
};
}

bool krt_mmap_init(Module *module) {
  addClass(module, &krt_memory_map_class);
  krt_class_ready(&krt_memory_map_iter_class);
  krt_dict_set_str(module->dict, KSTR(error), Value(kOSError));
#define ROW(name) {#name, static_cast<int64_t>(name)}
  static const ConstantRow constants[] = {ROW(PROT_EXEC),
                                          ROW(PROT_READ),
                                          ROW(PROT_WRITE),
                                          ROW(MAP_SHARED),
                                          ROW(MAP_PRIVATE),
                                          ROW(MAP_DENYWRITE),
                                          ROW(MAP_EXECUTABLE),
                                          ROW(MAP_ANON),
                                          ROW(MAP_ANONYMOUS),
                                          ROW(MAP_POPULATE),
                                          ROW(MAP_STACK),
                                          {"PAGESIZE", ::sysconf(_SC_PAGESIZE)},
                                          {"ALLOCATIONGRANULARITY", ::sysconf(_SC_PAGESIZE)},
                                          {"ACCESS_DEFAULT", 0},
                                          {"ACCESS_READ", 1},
                                          {"ACCESS_WRITE", 2},
                                          {"ACCESS_COPY", 3},
                                          ROW(MADV_NORMAL),
                                          ROW(MADV_RANDOM),
                                          ROW(MADV_SEQUENTIAL),
                                          ROW(MADV_WILLNEED),
                                          ROW(MADV_DONTNEED),
                                          ROW(MADV_REMOVE),
                                          ROW(MADV_DONTFORK),
                                          ROW(MADV_DOFORK),
                                          ROW(MADV_HWPOISON),
                                          ROW(MADV_MERGEABLE),
                                          ROW(MADV_UNMERGEABLE),
                                          ROW(MADV_HUGEPAGE),
                                          ROW(MADV_NOHUGEPAGE),
                                          ROW(MADV_DONTDUMP),
                                          ROW(MADV_DODUMP),
                                          ROW(MADV_FREE)};
#undef ROW
  addConstants(module, constants, std::size(constants));
  return true;
}

} // namespace krait
