// memoryview.cpp - the class memoryview.
#include "runtime/gc/closer.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exports.h"
#include "runtime/object/float.h"
#include "runtime/object/int.h"
#include "runtime/object/memoryview_methods.bind.inc"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include <algorithm>

namespace krait {

namespace {

constexpr int kMaxDimensions = 64;

bool released(MemoryView *view) {
  if (view->managed)
    return false;
  krt_raise(kValueError, "operation forbidden on released memoryview object");
  return true;
}

/// The one letter of a native single-item format ("B", "@i"), or 0.
char formatLetter(Str *format) {
  int64_t n = format->length();
  uint32_t c = n == 1 ? format->at(0) : n == 2 && format->at(0) == '@' ? format->at(1) : 0;
  return c && c < 128 && std::strchr("cbB?hHiIlLqQnNfdeP", static_cast<int>(c)) ? static_cast<char>(c) : '\0';
}
int64_t letterSize(char letter) {
  switch (letter) {
  case 'c':
  case 'b':
  case 'B':
  case '?':
    return 1;
  case 'h':
  case 'H':
  case 'e':
    return 2;
  case 'i':
  case 'I':
  case 'f':
    return 4;
  default:
    return 8;
  }
}

template <typename T> T load(const uint8_t *p) {
  T value;
  std::memcpy(&value, p, sizeof value);
  return value;
}

Value unpack(MemoryView *view, const uint8_t *p) {
  switch (formatLetter(view->format)) {
  case 'c':
    return krt_bytes_new(p, 1);
  case 'b':
    return smallInt(static_cast<int8_t>(*p));
  case 'B':
    return smallInt(*p);
  case '?':
    return boolean(*p);
  case 'h':
    return smallInt(load<int16_t>(p));
  case 'H':
    return smallInt(load<uint16_t>(p));
  case 'i':
    return smallInt(load<int32_t>(p));
  case 'I':
    return smallInt(load<uint32_t>(p));
  case 'l':
  case 'q':
  case 'n':
    return krt_int_from_i64(load<int64_t>(p));
  case 'L':
  case 'Q':
  case 'N':
  case 'P':
    return krt_int_from_u64(load<uint64_t>(p));
  case 'f':
    return floatBox(load<float>(p));
  case 'd':
    return floatBox(load<double>(p));
  case 'e':
    return floatBox(static_cast<double>(load<_Float16>(p)));
  default:
    return krt_raise(kNotImplementedError, "memoryview: format %S not supported", Value(view->format));
  }
}

int badValue(MemoryView *view) {
  return raiseInt(kValueError, "memoryview: invalid value for format '%S'", Value(view->format));
}
int badType(MemoryView *view) {
  return raiseInt(kTypeError, "memoryview: invalid type for format '%S'", Value(view->format));
}

int pack_py(MemoryView *view, uint8_t *p, Value item) {
  char letter = formatLetter(view->format);
  switch (letter) {
  case 0:
    return raiseInt(kNotImplementedError, "memoryview: format %S not supported", Value(view->format));
  case 'c':
    if (!bytesCheck(item))
      return badType(view);
    if (item.as<Bytes>()->length != 1)
      return badValue(view);
    *p = item.as<Bytes>()->data[0];
    return 0;
  case '?': {
    int truth = krt_truth_py(item);
    if (truth < 0)
      return -1;
    *p = static_cast<uint8_t>(truth);
    return 0;
  }
  case 'f':
  case 'd':
  case 'e': {
    double d = krt_double_py(item);
    if (d == -1.0 && errorPending()) {
      if (!krt_error_clear_if(kTypeError))
        return -1;
      return badType(view);
    }
    auto f = static_cast<float>(d);
    auto h = static_cast<_Float16>(d);
    std::memcpy(p,
                letter == 'd'   ? static_cast<void *>(&d)
                : letter == 'f' ? static_cast<void *>(&f)
                                : &h,
                static_cast<size_t>(letterSize(letter)));
    return 0;
  }
  default:
    break;
  }
  if (!krt_int_check(item) && !classOf(item)->slots.index)
    return badType(view);
  Value plain = TRY_OR_MINUS(krt_index_py(item));
  int64_t size = letterSize(letter);
  bool isSigned = std::strchr("bhilqn", letter);
  uint64_t bits;
  if (isSigned) {
    int64_t i, limit = size == 8 ? INT64_MAX : (INT64_C(1) << (size * 8 - 1)) - 1;
    if (!krt_int_to_i64(plain, &i) || i > limit || i < -limit - 1)
      return badValue(view);
    bits = static_cast<uint64_t>(i);
  } else if (!krt_int_to_u64(plain, &bits) || (size < 8 && bits >> (size * 8))) {
    return badValue(view);
  }
  std::memcpy(p, &bits, static_cast<size_t>(size)); // little-endian
  return 0;
}

// ---- Making views -----------------------------------------------------------------------------------

MemoryView *newView(ManagedBuffer *managed, int32_t dimensions) {
  auto *view = gcNew<MemoryView>(krt_memoryview_class);
  view->managed = managed;
  view->dimensions = dimensions;
  view->hash = -1;
  if (dimensions) {
    view->counts = static_cast<int64_t *>(gcAllocateAtomic(static_cast<size_t>(dimensions) * 8));
    view->strides = static_cast<int64_t *>(gcAllocateAtomic(static_cast<size_t>(dimensions) * 8));
  }
  managed->views++;
  krt_gc_set_give_back(view, [](Object *object) { // an unreachable view gives its memory back
    auto *dead = static_cast<MemoryView *>(object);
    if (dead->managed && --dead->managed->views == 0)
      krt_buffer_release(&dead->managed->buffer);
    dead->managed = nullptr;
  });
  return view;
}
MemoryView *copyView(MemoryView *from) {
  MemoryView *view = newView(from->managed, from->dimensions);
  view->data = from->data;
  view->itemSize = from->itemSize;
  view->length = from->length;
  view->format = from->format;
  view->readonly = from->readonly;
  for (int32_t i = 0; i < from->dimensions; i++) {
    view->counts[i] = from->counts[i];
    view->strides[i] = from->strides[i];
  }
  return view;
}

bool isContiguous(const MemoryView *view, bool firstFastest) {
  int64_t expected = view->itemSize;
  for (int32_t k = 0; k < view->dimensions; k++) {
    int32_t i = firstFastest ? k : view->dimensions - 1 - k;
    if (view->counts[i] == 0)
      return true;
    if (view->counts[i] > 1 && view->strides[i] != expected)
      return false;
    expected *= view->counts[i];
  }
  return true;
}

/// Calls f(address) for each item in C order.
template <typename F> bool eachItem(const MemoryView *view, int32_t dimension, uint8_t *at, F &&f) {
  if (dimension == view->dimensions)
    return f(at);
  for (int64_t i = 0; i < view->counts[dimension]; i++, at += view->strides[dimension])
    if (!eachItem(view, dimension + 1, at, f))
      return false;
  return true;
}

Value bytesOf(MemoryView *view) {
  if (isContiguous(view, false))
    return krt_bytes_new(view->data, static_cast<size_t>(view->length));
  BytesBuilder out;
  eachItem(view, 0, view->data, [&](uint8_t *p) {
    out.append(p, static_cast<size_t>(view->itemSize));
    return true;
  });
  return out.finish();
}

Value nested(MemoryView *view, int32_t dimension, uint8_t *at) {
  if (dimension == view->dimensions)
    return unpack(view, at);
  List *list = krt_list_new(static_cast<size_t>(view->counts[dimension]));
  for (int64_t i = 0; i < view->counts[dimension]; i++, at += view->strides[dimension])
    krt_list_append(list, TRY(nested(view, dimension + 1, at)));
  return list;
}

Value int64Tuple(const int64_t *values, int32_t count) {
  Tuple *tuple = krt_tuple_new(static_cast<size_t>(count));
  for (int32_t i = 0; i < count; i++)
    tuple->items[i] = krt_int_from_i64(values[i]);
  return tuple;
}

// ---- Items ------------------------------------------------------------------------------------------

/// The address of item [index] in dimension [dimension], or null with IndexError pending.
uint8_t *itemAt_py(MemoryView *view, uint8_t *at, int32_t dimension, Value key) {
  int64_t index = krt_index_i64_py(key, kIndexError);
  if ((index == -1 && errorPending()) || released(view)) // __index__ may release the memory
    return nullptr;
  int64_t count = view->counts[dimension];
  if (index < 0)
    index += count;
  if (index < 0 || index >= count) {
    krt_raise(kIndexError, "index out of bounds on dimension %d", dimension + 1);
    return nullptr;
  }
  return at + index * view->strides[dimension];
}

bool isIndex(Value key) { return krt_int_check(key) || classOf(key)->slots.index; }

/// The address that a full index (an integer, or a tuple of one per dimension) names; null with an exception.
uint8_t *address_py(MemoryView *view, Value key, bool storing) {
  if (hasClassFlag(key, kClassTupleSub)) {
    auto *tuple = key.as<Tuple>();
    bool indices = std::all_of(tuple->items, tuple->items + tuple->length, isIndex);
    if (indices && tuple->length == view->dimensions) {
      uint8_t *at = view->data;
      for (int32_t i = 0; i < view->dimensions && at; i++)
        at = itemAt_py(view, at, i, tuple->items[i]);
      return at;
    }
    auto isSlice = [](Value v) { return isExact(v, krt_slice_class); };
    if (!indices && tuple->length && std::all_of(tuple->items, tuple->items + tuple->length, isSlice))
      krt_raise(kNotImplementedError,
                storing ? "memoryview slice assignments are currently restricted to ndim = 1"
                        : "multi-dimensional slicing is not implemented");
    else if (indices)
      krt_raise(tuple->length < view->dimensions ? kNotImplementedError : kTypeError,
                tuple->length < view->dimensions ? "sub-views are not implemented"
                                                 : "cannot index %d-dimension view with %lld-element tuple",
                view->dimensions, static_cast<long long>(tuple->length));
    else
      krt_raise(kTypeError, "memoryview: invalid slice key");
    return nullptr;
  }
  if (!isIndex(key)) {
    krt_raise(kTypeError, "memoryview: invalid slice key");
    return nullptr;
  }
  if (view->dimensions != 1) {
    if (view->dimensions == 0)
      krt_raise(kTypeError, "invalid indexing of 0-dim memory");
    else
      krt_raise(kNotImplementedError, "multi-dimensional sub-views are not implemented");
    return nullptr;
  }
  return itemAt_py(view, view->data, 0, key);
}

MemoryView *sliced_py(MemoryView *view, Slice *slice) {
  MemoryView *part = copyView(view); // first: __index__ may release [view]
  int64_t start, stop, step, count = krt_slice_adjust_py(slice, part->counts[0], &start, &stop, &step);
  if (count < 0) {
    Value error = krt_error_take();
    krt_memoryview_release(part);
    krt_error_restore(error);
    return nullptr;
  }
  part->data += start * part->strides[0];
  part->counts[0] = count;
  part->strides[0] *= step;
  part->length = part->itemSize;
  for (int32_t i = 0; i < part->dimensions; i++)
    part->length *= part->counts[i];
  return part;
}

Value getItem(Value self, Value key) {
  auto *view = self.as<MemoryView>();
  if (released(view))
    return {};
  if (view->dimensions == 0 && ((hasClassFlag(key, kClassTupleSub) && key.as<Tuple>()->length == 0)))
    return unpack(view, view->data);
  if (view->dimensions == 0 && key == kEllipsis)
    return self;
  if (isExact(key, krt_slice_class)) {
    if (view->dimensions == 0)
      return krt_raise(kTypeError, "invalid indexing of 0-dim memory");
    return sliced_py(view, key.as<Slice>());
  }
  uint8_t *at = TRY(address_py(view, key, false));
  return unpack(view, at);
}

/// Converts [value], which may run code that releases the memory, before the memory is touched.
int store_py(MemoryView *view, uint8_t *at, Value value) {
  uint8_t item[16];
  if (view->itemSize > static_cast<int64_t>(sizeof item)) // of a format that cannot be packed
    return pack_py(view, at, value);
  if (pack_py(view, item, value) < 0 || released(view))
    return -1;
  std::memcpy(at, item, static_cast<size_t>(view->itemSize));
  return 0;
}

int setItem(Value self, Value key, Value value) {
  auto *view = self.as<MemoryView>();
  if (released(view))
    return -1;
  if (view->readonly)
    return raiseInt(kTypeError, "cannot modify read-only memory");
  if (!value)
    return raiseInt(kTypeError, "cannot delete memory");
  if (isExact(key, krt_slice_class)) {
    if (view->dimensions != 1)
      return raiseInt(kNotImplementedError,
                      "memoryview slice assignments are currently restricted to ndim = 1");
    MemoryView *to = TRY_OR_MINUS(sliced_py(view, key.as<Slice>()));
    if (released(view)) {
      Value error = krt_error_take();
      krt_memoryview_release(to);
      krt_error_restore(error);
      return -1;
    }
    Value fromValue = TRY_OR_MINUS(krt_memoryview_create_py(&krt_memoryview_class, value));
    auto *from = fromValue.as<MemoryView>();
    int status = 0;
    if (from->dimensions != 1 || from->counts[0] != to->counts[0] ||
        formatLetter(from->format) != formatLetter(to->format) || from->itemSize != to->itemSize)
      status = raiseInt(kValueError, "memoryview assignment: lvalue and rvalue have different structures");
    if (status == 0) {
      Bytes *copy = bytesOf(from).as<Bytes>(); // the two may overlap
      int64_t i = 0;
      eachItem(to, 0, to->data, [&](uint8_t *p) {
        std::memcpy(p, copy->data + i, static_cast<size_t>(to->itemSize));
        i += to->itemSize;
        return true;
      });
    }
    krt_memoryview_release(from);
    krt_memoryview_release(to);
    return status;
  }
  if (view->dimensions == 0 &&
      (key == kEllipsis || (hasClassFlag(key, kClassTupleSub) && key.as<Tuple>()->length == 0)))
    return store_py(view, view->data, value);
  uint8_t *at = TRY_OR_MINUS(address_py(view, key, true));
  return store_py(view, at, value);
}

int64_t length(Value self) {
  auto *view = self.as<MemoryView>();
  if (released(view))
    return -1;
  return view->dimensions ? view->counts[0] : 1;
}

// ---- Comparing, hashing -----------------------------------------------------------------------------

Value compare(Value a, Value b, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !isExact(a, krt_memoryview_class))
    return kNotImplemented;
  bool wanted = op == CompareOp::Eq;
  auto *x = a.as<MemoryView>();
  if (!x->managed)
    return boolean((a == b) == wanted);
  if (!krt_buffer_check(b))
    return kNotImplemented;
  if (isExact(b, krt_memoryview_class) && !b.as<MemoryView>()->managed)
    return boolean((a == b) == wanted);
  Value other = krt_memoryview_create_py(&krt_memoryview_class, b);
  if (!other) {
    krt_error_clear();
    return kNotImplemented;
  }
  auto *y = other.as<MemoryView>();
  bool equal = x->dimensions == y->dimensions;
  for (int32_t i = 0; equal && i < x->dimensions; i++)
    equal = x->counts[i] == y->counts[i];
  char fx = formatLetter(x->format), fy = formatLetter(y->format);
  if (equal && fx == fy && std::strchr("cbBhHiIlLqQnN?", fx ? fx : 'x')) {
    Bytes *p = bytesOf(x).as<Bytes>(), *q = bytesOf(y).as<Bytes>();
    equal = p->length == q->length && std::memcmp(p->data, q->data, static_cast<size_t>(p->length)) == 0;
  } else if (equal) {
    GcVector<Value> left;
    equal = fx && fy;
    if (equal)
      eachItem(x, 0, x->data, [&](uint8_t *p) {
        left.push(unpack(x, p));
        return true;
      });
    size_t i = 0;
    if (equal)
      equal = eachItem(y, 0, y->data, [&](uint8_t *p) { return krt_equal_py(left[i++], unpack(y, p)) == 1; });
  }
  krt_memoryview_release(other);
  if (errorPending())
    return {};
  return boolean(equal == wanted);
}

int hash(Value self, int64_t *out) {
  auto *view = self.as<MemoryView>();
  if (view->hash == -1) {
    if (released(view))
      return -1;
    if (!view->readonly)
      return raiseInt(kValueError, "cannot hash writable memoryview object");
    char letter = formatLetter(view->format);
    if (letter != 'B' && letter != 'b' && letter != 'c')
      return raiseInt(kValueError, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
    Value bytes = bytesOf(view);
    view->hash = krt_hash_bytes(bytes.as<Bytes>()->data, static_cast<size_t>(bytes.as<Bytes>()->length));
  }
  *out = view->hash;
  return 0;
}

Value repr(Value self) {
  char text[64];
  std::snprintf(text, sizeof text, "<%s at 0x%llx>",
                self.as<MemoryView>()->managed ? "memory" : "released memory",
                static_cast<unsigned long long>(self.bits));
  return strFrom(text);
}

int getBuffer(Value self, Buffer *out, int flags) {
  auto *view = self.as<MemoryView>();
  if (released(view))
    return -1;
  if ((flags & kBufferWritable) && view->readonly)
    return raiseInt(kBufferError, "memoryview: underlying buffer is not writable");
  if (!(flags & kBufferStrided) && !isContiguous(view, false))
    return raiseInt(kBufferError, "memoryview: underlying buffer is not C-contiguous");
  *out = Buffer{};
  out->owner = self;
  out->data = view->data;
  out->length = view->length;
  out->itemSize = view->itemSize;
  size_t size;
  out->format = krt_str_utf8_lossy(view->format, &size);
  out->dimensions = view->dimensions;
  out->readonly = view->readonly;
  out->shape = view->counts;
  out->strides = view->strides;
  view->exports++;
  return 0;
}
void releaseBuffer(Value self, Buffer *) { self.as<MemoryView>()->exports--; }

struct MemoryViewIter : Object {
  MemoryView *view; // null when exhausted
  int64_t index;
};

} // namespace

extern "C" Class krt_memory_iterator_class;

static Value iterate(Value self) {
  auto *view = self.as<MemoryView>();
  if (released(view))
    return {};
  if (view->dimensions == 0)
    return krt_raise(kTypeError, "invalid indexing of 0-dim memory");
  if (view->dimensions > 1)
    return krt_raise(kNotImplementedError, "multi-dimensional sub-views are not implemented");
  auto *iter = gcNew<MemoryViewIter>(krt_memory_iterator_class);
  iter->view = view;
  return iter;
}
static Value iterSelf(Value self) { return self; }
static Value iterNext(Value self) {
  auto *iter = self.as<MemoryViewIter>();
  if (!iter->view)
    return {};
  if (released(iter->view))
    return {};
  if (iter->index < iter->view->counts[0])
    return unpack(iter->view, iter->view->data + iter->view->strides[0] * iter->index++);
  iter->view = nullptr;
  return {};
}

// ---- Construction, release and casts ----------------------------------------------------------------

Value krt_memoryview_new_py(Value object) { return krt_memoryview_create_py(&krt_memoryview_class, object); }

static Value contiguousShape(MemoryView *view) {
  int64_t stride = view->itemSize;
  for (int32_t i = view->dimensions - 1; i >= 0; i--) {
    view->strides[i] = stride;
    stride *= view->counts[i];
  }
  return view;
}

Value krt_memoryview_create_py(Class *, Value object) {
  if (isExact(object, krt_memoryview_class)) {
    if (released(object.as<MemoryView>()))
      return {};
    return copyView(object.as<MemoryView>());
  }
  if (!krt_buffer_check(object))
    return krt_raise(kTypeError, "memoryview: a bytes-like object is required, not '%.200T'", object);
  static constinit Shape managedShape{.cls = &krt_memoryview_class}; // never seen by Python
  auto *managed = static_cast<ManagedBuffer *>(gcAllocate(sizeof(ManagedBuffer)));
  managed->shape = &managedShape;
  if (krt_buffer_get_py(object, &managed->buffer, kBufferFull) < 0)
    return {};
  Buffer &buffer = managed->buffer;
  managed->object =
      buffer.owner ? buffer.owner : object; // not the same: a PickleBuffer passes on the memory of another
  MemoryView *view = newView(managed, buffer.dimensions);
  view->original = true;
  view->data = buffer.data;
  view->itemSize = buffer.itemSize;
  view->length = buffer.length;
  view->format = buffer.format ? strIntern(buffer.format) : KSTR(B);
  view->readonly = buffer.readonly;
  for (int32_t i = 0; i < buffer.dimensions; i++)
    view->counts[i] = buffer.shape[i];
  contiguousShape(view);
  for (int32_t i = 0; buffer.strides && i < buffer.dimensions; i++)
    view->strides[i] = buffer.strides[i];
  return view;
}

Value krt_memoryview_release(Value self) {
  auto *view = self.as<MemoryView>();
  if (!view->managed)
    return kNone;
  if (exportsHoldSurely(view->exports))
    return krt_raise(kBufferError, "memoryview has %lld exported buffer%s",
                     static_cast<long long>(view->exports), view->exports == 1 ? "" : "s");
  ManagedBuffer *managed = view->managed;
  view->managed = nullptr;
  krt_gc_clear_finalizer(view);
  // Views made from this one may be garbage that nobody counts: releasing the original gives a bytearray free
  // at once. Its memory is collected, so that views that are left stay safe.
  if (--managed->views == 0 || (view->original && byteArrayCheck(managed->object)))
    krt_buffer_release(&managed->buffer);
  return kNone;
}

Value krt_memoryview_enter(Value self) { return released(self.as<MemoryView>()) ? Value() : self; }
Value krt_memoryview_exit(Value self, ArgSpan) { return krt_memoryview_release(self); }

Value krt_memoryview_tobytes(Value self, Value order) {
  if (released(self.as<MemoryView>()))
    return {};
  if (order && order != kNone) {
    if (!strCheck(order))
      return krt_raise(kTypeError, "tobytes() argument 'order' must be str or None, not %.50T", order);
    Str *name = order.as<Str>();
    if (name->length() != 1 || (name->at(0) != 'C' && name->at(0) != 'F' && name->at(0) != 'A'))
      return krt_raise(kValueError, "order must be 'C', 'F' or 'A'");
  }
  return bytesOf(self.as<MemoryView>());
}
Value krt_memoryview_tolist(Value self) {
  auto *view = self.as<MemoryView>();
  return released(view) ? Value() : nested(view, 0, view->data);
}
Value krt_memoryview_hex_py(Value self, Value sep, int bytesPerSep) {
  if (released(self.as<MemoryView>()))
    return {};
  Bytes *bytes = TRY(bytesOf(self.as<MemoryView>())).as<Bytes>();
  return krt_buffer_hex_py(bytes->data, bytes->length, sep, bytesPerSep);
}
Value krt_memoryview_toreadonly(Value self) {
  if (released(self.as<MemoryView>()))
    return {};
  MemoryView *view = copyView(self.as<MemoryView>());
  view->readonly = true;
  return view;
}

Value krt_memoryview_cast_py(Value self, Value format, Value shape) {
  auto *view = self.as<MemoryView>();
  if (released(view))
    return {};
  if (!strCheck(format))
    return krt_raise(kTypeError, "format argument must be a string");
  if (!isContiguous(view, false))
    return krt_raise(kTypeError, "memoryview: casts are restricted to C-contiguous views");
  if (shape && !hasClassFlag(shape, kClassTupleSub) && !hasClassFlag(shape, kClassListSub))
    return krt_raise(kTypeError, "shape must be a list or a tuple");
  if ((shape || view->dimensions != 1) && view->dimensions != 1 && shape)
    return krt_raise(kTypeError, "memoryview: cast must be 1D -> ND or ND -> 1D");
  char letter = formatLetter(format.as<Str>());
  if (!letter || letter == 'e')
    return krt_raise(kValueError, "memoryview: destination format must be a native single character format "
                                  "prefixed with an optional '@'");
  char from = formatLetter(view->format);
  auto isByte = [](char c) { return c == 'b' || c == 'B' || c == 'c'; };
  if (!isByte(from) && !isByte(letter))
    return krt_raise(kTypeError, "memoryview: cannot cast between two non-byte formats");
  int64_t size = letterSize(letter);
  if (view->length % size)
    return krt_raise(kTypeError, "memoryview: length is not a multiple of itemsize");
  Tuple *sizes = shape ? TRY(krt_tuple_from_py(shape)) : nullptr;
  auto dimensions = static_cast<int32_t>(sizes ? std::min<int64_t>(sizes->length, kMaxDimensions + 1) : 1);
  if (dimensions > kMaxDimensions)
    return krt_raise(kValueError, "memoryview: number of dimensions must not exceed %d", kMaxDimensions);
  MemoryView *result = newView(view->managed, dimensions);
  result->data = view->data;
  result->itemSize = size;
  result->length = view->length;
  result->format = krt_str_intern(format.as<Str>());
  result->readonly = view->readonly;
  int64_t total = size;
  for (int32_t i = 0; i < dimensions; i++) {
    if (!sizes) {
      result->counts[0] = view->length / size;
      total = view->length;
      break;
    }
    if (!krt_int_check(sizes->items[i]))
      return krt_raise(kTypeError, "memoryview.cast(): elements of shape must be integers");
    int64_t count;
    if (!krt_int_to_i64(krt_int_plain(sizes->items[i]), &count) || count <= 0)
      return krt_raise(kValueError, "memoryview.cast(): elements of shape must be integers > 0");
    result->counts[i] = count;
    if (__builtin_mul_overflow(total, count, &total))
      return krt_raise(kValueError, "memoryview.cast(): product(shape) > SSIZE_MAX");
  }
  if (total != view->length)
    return krt_raise(kTypeError, "memoryview: product(shape) * itemsize != buffer size");
  return contiguousShape(result);
}

// ---- Attributes -------------------------------------------------------------------------------------

#define ATTRIBUTE(name, expression)                                                                          \
  Value krt_memoryview_##name(Value self) {                                                                  \
    auto *view = self.as<MemoryView>();                                                                      \
    return released(view) ? Value() : Value(expression);                                                     \
  }
ATTRIBUTE(obj, view->managed->object)
ATTRIBUTE(nbytes, smallInt(view->length))
ATTRIBUTE(itemsize, smallInt(view->itemSize))
ATTRIBUTE(format, view->format)
ATTRIBUTE(ndim, smallInt(view->dimensions))
ATTRIBUTE(shape, int64Tuple(view->counts, view->dimensions))
ATTRIBUTE(strides, int64Tuple(view->strides, view->dimensions))
ATTRIBUTE(suboffsets, krt_tuple_empty)
ATTRIBUTE(readonly, boolean(view->readonly))
ATTRIBUTE(cContiguous, boolean(isContiguous(view, false)))
ATTRIBUTE(fContiguous, boolean(isContiguous(view, true)))
ATTRIBUTE(contiguous, boolean(isContiguous(view, false) || isContiguous(view, true)))

extern "C" {
constinit Class krt_memoryview_class = {
    .flags = kClassSequence,
    .nativeName = "memoryview",
    .basicSize = sizeof(MemoryView),
    .slots =
        {
            .repr = repr,
            .hash = hash,
            .richcompare = compare,
            .iter = iterate,
            .length = length,
            .getitem = getItem,
            .setitem = setItem,
            .make = krt_memoryview_make,
            .getBuffer = getBuffer,
            .releaseBuffer = releaseBuffer,
        },
    .methods = krt_memoryview_defs,
    .doc = krt_memoryview_doc,
    .newSignature = "(object)",
};
constinit Class krt_memory_iterator_class = {
    .nativeName = "memory_iterator",
    .basicSize = sizeof(MemoryViewIter),
    .slots = {.iter = iterSelf, .next = iterNext},
};
}

} // namespace krait
