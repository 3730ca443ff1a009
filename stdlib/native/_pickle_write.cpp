// _pickle_write.cpp - objects to pickles. Frames (protocol 4) are begun by what is written first and closed at the first object
// boundary after 64 KiB; bytes of that size and more stand between frames and go to the file as they are, without a copy.
#include "stdlib/native/_pickle.h"

#include "runtime/object/args.h"
#include "runtime/object/class.h"
#include "runtime/object/codecs.h"
#include "runtime/object/containers.h"
#include "runtime/object/float.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/int_methods.h"
#include "runtime/object/memoryview_methods.h"
#include "runtime/object/protocol.h"
#include "runtime/object/state.h"
#include "runtime/object/str.h"
#include "runtime/object/str_chars.h"
#include "stdlib/native/_pickle_codes.h"
#include "stdlib/native/nesting.h"

#include <algorithm>
#include <bit>

namespace krait {

namespace {

constexpr size_t kFrameTarget = 64 * 1024, kFrameLeast = 4, kFrameHead = 9;
constexpr int64_t kBatch = 1000;

void putLittle(uint8_t *to, uint64_t n, int size) {
  for (int i = 0; i < size; ++i)
    to[i] = static_cast<uint8_t>(n >> (8 * i));
}

/// The growing output.
struct Output {
  uint8_t *data = nullptr; // collector-owned, atomic
  size_t length = 0, capacity = 0;

  uint8_t *room(size_t more) {
    if (length + more > capacity) {
      capacity = std::max<size_t>((length + more) * 2, 256);
      auto *grown = static_cast<uint8_t *>(gcAllocateAtomic(capacity));
      if (length)
        std::memcpy(grown, data, length);
      data = grown;
    }
    return data + length;
  }
};

class Writer {
public:
  explicit Writer(Pickler *self) : self_(self), protocol_(self->protocol), bin_(self->bin) {}
  bool run_py(Value object, Bytes **out);

private:
  Pickler *self_;
  Output out_;
  int protocol_;
  bool bin_, framing_ = false;
  ptrdiff_t frame_ = -1; // where the open frame begins
  Value persistentId_, reducerOverride_, dispatchTable_;

  // ---- Bytes
  void write(const void *data, size_t size) {
    if (framing_ && frame_ < 0) {
      out_.room(kFrameHead);
      frame_ = static_cast<ptrdiff_t>(out_.length);
      out_.length += kFrameHead;
    }
    std::memcpy(out_.room(size), data, size);
    out_.length += size;
  }
  void op(char code) { write(&code, 1); }
  void text(std::string_view s) { write(s.data(), s.size()); }
  void number(char code, uint64_t n, int size) {
    uint8_t bytes[9] = {static_cast<uint8_t>(code)};
    putLittle(bytes + 1, n, size);
    write(bytes, static_cast<size_t>(size) + 1);
  }
  void closeFrame();
  bool flush_py();
  bool boundary_py();
  bool payload_py(const uint8_t *head, size_t headSize, const uint8_t *data, size_t size, Value payload);
  /// [code] by the size of [data]: of one, four or eight bytes (0: there is none).
  bool sized_py(char code1, char code4, char code8, const uint8_t *data, size_t size, Value payload);

  // ---- Memo
  bool get(int64_t index);
  bool memoize(Value object);
  /// Puts what was pushed away again, [count] objects, or down to the mark (-1), and fetches [object] from the memo.
  bool recursive(Value object, int count);
  bool isMemoized(Value object) const { return !self_->fast && self_->memo.find(object) >= 0; }

  // ---- Objects
  bool save_py(Value object, bool persistent = true);
  bool saveOther_py(Value object);
  bool persistent_py(Value object, bool *done);
  bool int_py(Value n);
  bool float_py(double d);
  bool str_py(Str *s);
  bool bytes_py(Bytes *bytes);
  bool byteArray_py(ByteArray *array);
  bool buffer_py(Value buffer);
  bool tuple_py(Tuple *tuple);
  bool list_py(List *list);
  bool dict_py(Dict *dict);
  bool set_py(Set *set);
  bool frozenSet_py(Set *set);
  template <typename Check, typename Save> bool batches_py(Value iterator, char many, char single, Check check, Save save_py);
  bool items_py(Value iterator);
  bool pairs_py(Value iterator);
  bool mark() { return op('('), true; }
  bool call_py(Value function, std::initializer_list<Value> args, Value object);
  bool class_py(Class *cls);
  bool global_py(Value object, Value nameOrNull);
  bool globalText_py(Value object, Str *module, Str *name);
  bool reduce_py(Value object);
  bool reduced_py(Tuple *parts, Value objectOrNull);
  bool newObjectEx_py(Value callee, Tuple *args);
};

bool raiseWrite(const char *format, Value a = Value(), Value b = Value()) {
  krt_raise(krt_pickle_write_error, format, a, b);
  return false;
}

// ---- Bytes ----

void Writer::closeFrame() {
  if (frame_ < 0)
    return;
  auto start = static_cast<size_t>(frame_);
  size_t size = out_.length - start - kFrameHead;
  if (size >= kFrameLeast) {
    out_.data[start] = kFrame;
    putLittle(out_.data + start + 1, size, 8);
  } else {
    std::memmove(out_.data + start, out_.data + start + kFrameHead, size);
    out_.length -= kFrameHead;
  }
  frame_ = -1;
}

bool Writer::flush_py() {
  if (!out_.length)
    return true;
  Value piece = krt_bytes_new(out_.data, out_.length);
  out_.length = 0;
  return static_cast<bool>(krt_call1_py(self_->write, piece));
}

/// Between two objects: a frame that is big enough ends.
bool Writer::boundary_py() {
  if (!framing_ || frame_ < 0 || out_.length - static_cast<size_t>(frame_) - kFrameHead < kFrameTarget)
    return true;
  closeFrame();
  return !self_->write || flush_py();
}

bool Writer::payload_py(const uint8_t *head, size_t headSize, const uint8_t *data, size_t size, Value payload) {
  bool wasFraming = framing_, apart = size >= kFrameTarget;
  if (apart) {
    closeFrame();
    framing_ = false;
  }
  write(head, headSize);
  bool ok = true;
  if (apart && self_->write) {
    if (!payload)
      payload = krt_bytes_new(data, size);
    ok = flush_py() && krt_call1_py(self_->write, payload);
  } else {
    write(data, size);
  }
  framing_ = wasFraming;
  return ok;
}

bool Writer::sized_py(char code1, char code4, char code8, const uint8_t *data, size_t size, Value payload) {
  uint8_t head[9];
  int width = size <= 0xff && code1 ? 1 : size <= 0xffffffff ? 4 : 8;
  if (width == 8 && !code8)
    return krt_raise(kOverflowError, "serializing a string larger than 4 GiB requires pickle protocol 4 or higher"), false;
  head[0] = static_cast<uint8_t>(width == 1 ? code1 : width == 4 ? code4 : code8);
  putLittle(head + 1, size, width);
  return payload_py(head, static_cast<size_t>(width) + 1, data, size, payload);
}

// ---- Memo ----

bool Writer::get(int64_t index) {
  if (!bin_)
    text("g" + std::to_string(index) + "\n");
  else if (index < 256)
    number('h', static_cast<uint64_t>(index), 1);
  else
    number('j', static_cast<uint64_t>(index), 4);
  return true;
}

bool Writer::memoize(Value object) {
  if (self_->fast)
    return true;
  int64_t index = self_->memo.size();
  self_->memo.set(object, index);
  if (protocol_ >= 4)
    op(kMemoize);
  else if (!bin_)
    text("p" + std::to_string(index) + "\n");
  else if (index < 256)
    number('q', static_cast<uint64_t>(index), 1);
  else
    number('r', static_cast<uint64_t>(index), 4);
  return true;
}

bool Writer::recursive(Value object, int count) {
  if (count < 0)
    op('1');
  for (int i = 0; i < count; ++i)
    op('0');
  return get(self_->memo.find(object));
}

// ---- Numbers and text ----

bool Writer::int_py(Value n) {
  int64_t small;
  bool fits = krt_int_to_i64(n, &small);
  if (fits && small >= INT32_MIN && small <= INT32_MAX) {
    if (!bin_)
      text("I" + std::to_string(small) + "\n");
    else if (small >= 0 && small < 256)
      number('K', static_cast<uint64_t>(small), 1);
    else if (small >= 0 && small < 65536)
      number('M', static_cast<uint64_t>(small), 2);
    else
      number('J', static_cast<uint64_t>(small), 4);
    return true;
  }
  if (protocol_ < 2) {
    Str *digits = TRY(krt_repr_py(n));
    op('L');
    text(strView(digits));
    text("L\n");
    return true;
  }
  int64_t size = krt_int_bit_length(n) / 8 + 1;
  auto *bytes = TRY(krt_int_toBytes(n, size, KSTR(little), true)).as<Bytes>();
  // -128 fits one byte, though its magnitude takes all eight bits.
  if (krt_int_sign(n) < 0 && size > 1 && bytes->data[size - 1] == 0xff && bytes->data[size - 2] & 0x80)
    --size;
  if (size < 256)
    number(kLong1, static_cast<uint64_t>(size), 1);
  else
    number(kLong4, static_cast<uint64_t>(size), 4);
  write(bytes->data, static_cast<size_t>(size));
  return true;
}

bool Writer::float_py(double d) {
  if (bin_) {
    uint64_t bits = __builtin_bswap64(std::bit_cast<uint64_t>(d));
    op('G');
    write(&bits, 8);
    return true;
  }
  text("F" + doubleToText(d, 'r', 0, false, true) + "\n");
  return true;
}

/// Text of protocol 0: one line, Latin-1 as it is, the rest as \u and \U.
void rawEscaped(Str *s, std::string *out) {
  static const char digits[] = "0123456789abcdef";
  for (int64_t i = 0; i < s->length(); ++i) {
    uint32_t c = s->at(i);
    if (c < 256 && c != '\\' && c != 0 && c != '\n' && c != '\r' && c != 0x1a) {
      out->push_back(static_cast<char>(c));
      continue;
    }
    int width = c < 0x10000 ? 4 : 8;
    *out += width == 4 ? "\\u" : "\\U";
    for (int shift = 4 * (width - 1); shift >= 0; shift -= 4)
      out->push_back(digits[c >> shift & 15]);
  }
}

bool Writer::str_py(Str *s) {
  if (!bin_) {
    std::string line = "V";
    rawEscaped(s, &line);
    text(line + "\n");
    return memoize(s);
  }
  std::string_view utf8 = strView(s);
  // The payload of a large text cannot be the object itself: the file gets its encoding.
  return sized_py(protocol_ >= 4 ? kShortBinUnicode : '\0', 'X', protocol_ >= 4 ? kBinUnicode8 : '\0',
                  reinterpret_cast<const uint8_t *>(utf8.data()), utf8.size(), Value()) &&
         memoize(s);
}

bool Writer::call_py(Value function, std::initializer_list<Value> args, Value object) {
  Value parts[2] = {function, krt_tuple_from(args.begin(), args.size())};
  return reduced_py(krt_tuple_from(parts, 2), object);
}

bool Writer::bytes_py(Bytes *bytes) {
  if (protocol_ < 3) {
    // Python 2 has no bytes: it gets a call that makes them.
    if (!bytes->length)
      return call_py(&krt_bytes_class, {}, bytes);
    Value encode = TRY(krt_getattr_py(TRY(pickleImport_py(KSTR(codecs))), KSTR(encode)));
    return call_py(encode, {krt_str_from_latin1(bytes->data, static_cast<size_t>(bytes->length)), KSTR(latin1)}, bytes);
  }
  return sized_py('C', 'B', protocol_ >= 4 ? kBinBytes8 : '\0', bytes->data, static_cast<size_t>(bytes->length), bytes) && memoize(bytes);
}

bool Writer::byteArray_py(ByteArray *array) {
  auto size = static_cast<size_t>(array->length);
  if (protocol_ < 5) {
    if (!size)
      return call_py(&krt_bytearray_class, {}, array);
    return call_py(&krt_bytearray_class, {krt_bytes_new(array->data, size)}, array);
  }
  uint8_t head[9] = {static_cast<uint8_t>(kByteArray8)};
  putLittle(head + 1, size, 8);
  return payload_py(head, 9, array->data, size, Value()) && memoize(array);
}

bool Writer::buffer_py(Value buffer) {
  if (protocol_ < 5)
    return raiseWrite("PickleBuffer can only be pickled with protocol >= 5");
  MemoryView *view = TRY(pickleBufferView(buffer));
  Buffer contents;
  if (krt_buffer_get_py(view, &contents, kBufferSimple) < 0) {
    krt_error_clear();
    return raiseWrite("PickleBuffer can not be pickled when pointing to a non-contiguous buffer");
  }
  bool inBand = true;
  if (self_->bufferCallback) {
    Value kept = krt_call1_py(self_->bufferCallback, buffer);
    int truth = kept ? krt_truth_py(kept) : -1;
    if (truth < 0) {
      krt_buffer_release(&contents);
      return false;
    }
    inBand = truth;
  }
  bool ok = true;
  auto size = static_cast<size_t>(contents.length);
  if (!inBand) {
    op(kNextBuffer);
    if (contents.readonly)
      op(kReadonlyBuffer);
  } else if (contents.readonly) {
    ok = sized_py('C', 'B', kBinBytes8, contents.data, size, Value()) && memoize(buffer);
  } else {
    uint8_t head[9] = {static_cast<uint8_t>(kByteArray8)};
    putLittle(head + 1, size, 8);
    ok = payload_py(head, 9, contents.data, size, Value()) && memoize(buffer);
  }
  krt_buffer_release(&contents);
  return ok;
}

// ---- Containers ----

bool Writer::tuple_py(Tuple *tuple) {
  int64_t length = tuple->length;
  if (!length) {
    text(bin_ ? ")" : "(t");
    return true;
  }
  if (length <= 3 && protocol_ >= 2) {
    for (int64_t i = 0; i < length; ++i)
      TRY(save_py(tuple->items[i]));
    if (isMemoized(tuple))
      return recursive(tuple, static_cast<int>(length));
    op(length == 1 ? kTuple1 : length == 2 ? kTuple2 : kTuple3);
    return memoize(tuple);
  }
  mark();
  for (int64_t i = 0; i < length; ++i)
    TRY(save_py(tuple->items[i]));
  if (isMemoized(tuple))
    return recursive(tuple, bin_ ? -1 : static_cast<int>(length) + 1);
  op('t');
  return memoize(tuple);
}

bool Writer::list_py(List *list) {
  text(bin_ ? "]" : "(l");
  memoize(list);
  if (!list->length)
    return true;
  for (int64_t i = 0; i < list->length;) {
    int64_t end = bin_ ? std::min(i + kBatch, list->length) : i + 1;
    bool one = end - i == 1;
    if (!one)
      mark();
    for (; i < end; ++i) {
      if (i >= list->length)
        return krt_raise(kRuntimeError, "list changed size during iteration"), false;
      TRY(save_py(list->items[i]));
    }
    op(one ? 'a' : 'e');
  }
  return true;
}

bool Writer::dict_py(Dict *dict) {
  text(bin_ ? "}" : "(d");
  memoize(dict);
  uint32_t position = 0;
  auto size = static_cast<int64_t>(dict->used);
  for (int64_t left = size; left > 0;) {
    int64_t batch = bin_ ? std::min(left, kBatch) : 1;
    if (batch > 1)
      mark();
    for (int64_t i = 0; i < batch; ++i) {
      DictEntry *entry = krt_dict_next(dict, &position);
      if (!entry)
        return krt_raise(kRuntimeError, "dictionary changed size during iteration"), false;
      Value key = entry->key, value = entry->value;
      TRY(save_py(key));
      TRY(save_py(value));
      if (static_cast<int64_t>(dict->used) != size)
        return krt_raise(kRuntimeError, "dictionary changed size during iteration"), false;
    }
    op(batch > 1 ? 'u' : 's');
    left -= batch;
  }
  return true;
}

bool Writer::set_py(Set *set) {
  if (protocol_ < 4)
    return call_py(&krt_set_class, {TRY(krt_list_from_py(set))}, set);
  op(kEmptySet);
  memoize(set);
  auto size = static_cast<int64_t>(set->used);
  uint32_t position = 0;
  for (int64_t left = size; left > 0; left -= kBatch) {
    mark();
    for (int64_t i = 0; i < std::min(left, kBatch); ++i) {
      SetEntry *entry = krt_set_next(set, &position);
      if (!entry || static_cast<int64_t>(set->used) != size)
        return krt_raise(kRuntimeError, "set changed size during iteration"), false;
      TRY(save_py(entry->key));
    }
    op(kAddItems);
  }
  return true;
}

bool Writer::frozenSet_py(Set *set) {
  List *items = TRY(krt_list_from_py(set));
  if (protocol_ < 4)
    return call_py(&krt_frozenset_class, {items}, set);
  mark();
  for (int64_t i = 0; i < items->length; ++i)
    TRY(save_py(items->items[i]));
  if (isMemoized(set))
    return recursive(set, -1);
  op(kFrozenSet);
  return memoize(set);
}

/// What an iterator gives, in batches: [check](value) may raise, [save_py](value) writes one, [many] or [single] takes in a batch.
template <typename Check, typename Save> bool Writer::batches_py(Value iterator, char many, char single, Check check, Save save_py) {
  for (;;) {
    GcVector<Value> batch;
    while (batch.size() < (bin_ ? kBatch : 1)) {
      Value item = krt_next_py(iterator);
      if (!item)
        break;
      if (!check(item))
        return false;
      batch.push(item);
    }
    if (errorPending())
      return false;
    if (batch.empty())
      return true;
    if (batch.size() > 1)
      mark();
    for (Value item : batch)
      if (!save_py(item))
        return false;
    op(batch.size() > 1 ? many : single);
  }
}

/// The items of a reduced list.
bool Writer::items_py(Value iterator) {
  return batches_py(iterator, 'e', 'a', [](Value) { return true; }, [this](Value item) { return save_py(item); });
}

/// The (key, value) pairs of a reduced dict.
bool Writer::pairs_py(Value iterator) {
  auto isPair = [](Value pair) {
    if (hasClassFlag(pair, kClassTupleSub) && pair.as<Tuple>()->length == 2)
      return true;
    krt_raise(kTypeError, "dict items iterator must return 2-tuples");
    return false;
  };
  return batches_py(iterator, 'u', 's', isPair,
                    [this](Value pair) { return save_py(pair.as<Tuple>()->items[0]) && save_py(pair.as<Tuple>()->items[1]); });
}

// ---- Globals ----

/// The classes of None, NotImplemented and Ellipsis have no name to be found by.
bool Writer::class_py(Class *cls) {
  for (Value constant : {kNone, kNotImplemented, kEllipsis})
    if (cls == classOf(constant))
      return call_py(&krt_type_class, {constant}, cls);
  return global_py(cls, Value());
}

/// Where [object] is found under [name]: its __module__, or the first module that has it.
Value moduleOf_py(Value object, Str *name) {
  Value module = krt_getattr_optional_py(object, KSTR(__module__));
  if (errorPending())
    return {};
  if (module && module != kNone)
    return module;
  Value modules = krt_sys_modules();
  if (modules && hasClassFlag(modules, kClassDictSub)) {
    auto *items = krt_dict_copy(modules.as<Dict>());
    uint32_t position = 0;
    while (DictEntry *entry = krt_dict_next(items, &position)) {
      if (!strCheck(entry->key) || entry->value == kNone)
        continue;
      std::string_view text = strView(entry->key.as<Str>());
      if (text == "__main__" || text == "__mp_main__")
        continue;
      Value found = pickleAttribute_py(entry->value, name, nullptr);
      if (found == object)
        return entry->key;
      if (!found)
        krt_error_clear();
    }
  }
  return KSTR(__main__);
}

bool Writer::global_py(Value object, Value nameOrNull) {
  Value name = nameOrNull;
  if (!name)
    name = krt_getattr_optional_py(object, KSTR(__qualname__));
  if (!name && !errorPending())
    name = krt_getattr_py(object, KSTR(__name__));
  if (!name)
    return false;
  if (!strCheck(name))
    return krt_raise(kTypeError, "__qualname__ must be a string, not %T", name), false;
  Str *path = name.as<Str>();
  Value module = TRY(moduleOf_py(object, path));
  Value loaded = strCheck(module) ? pickleImport_py(module.as<Str>()) : Value(krt_raise(kTypeError, "__module__ must be a string, not %T", module));
  if (!loaded) {
    krt_error_clear();
    return raiseWrite("Can't pickle %R: import of module %R failed", object, module);
  }
  Value parent;
  Value found = pickleAttribute_py(loaded, path, &parent);
  if (!found) {
    krt_error_clear();
    krt_raise(krt_pickle_write_error, "Can't pickle %R: attribute lookup %S on %S failed", object, name, module);
    return false;
  }
  if (found != object) {
    krt_raise(krt_pickle_write_error, "Can't pickle %R: it's not the same object as %S.%S", object, module, name);
    return false;
  }
  if (protocol_ >= 2) {
    Value key[2] = {module, name};
    Value code = krt_dict_get_py(pickleModules.copyregRegistry.as<Dict>(), krt_tuple_from(key, 2));
    if (errorPending())
      return false;
    int64_t n;
    if (code && krt_int_check(code) && krt_int_to_i64(code, &n)) {
      if (n <= 0 || n > 0x7fffffff) {
        krt_raise(krt_pickle_write_error, "Can't pickle %R: extension code %R is out of range", object, code);
        return false;
      }
      number(n < 256 ? kExt1 : n < 65536 ? kExt2 : kExt4, static_cast<uint64_t>(n), n < 256 ? 1 : n < 65536 ? 2 : 4);
      return true;
    }
  }
  if (protocol_ >= 4) {
    TRY(save_py(module));
    TRY(save_py(path));
    op(kStackGlobal);
    return memoize(object);
  }
  int64_t dot = krt_str_rfind(path, strIntern("."), 0, path->length());
  Str *last = dot < 0 ? path : krt_str_substring(path, dot + 1, path->length());
  if (parent != loaded)
    return call_py(TRY(krt_builtin_py(KSTR(getattr))), {parent, last}, object);
  return globalText_py(object, module.as<Str>(), last);
}

/// GLOBAL, with the names of Python 2 where they are wanted.
bool Writer::globalText_py(Value object, Str *module, Str *name) {
  if (protocol_ < 3 && self_->fixImports) {
    Value key[2] = {module, name};
    Value mapped = krt_dict_get_py(pickleModules.reverseNameMapping.as<Dict>(), krt_tuple_from(key, 2));
    if (mapped && isExact(mapped, krt_tuple_class) && mapped.as<Tuple>()->length == 2 && strCheck(mapped.as<Tuple>()->items[0]) &&
        strCheck(mapped.as<Tuple>()->items[1])) {
      module = mapped.as<Tuple>()->items[0].as<Str>();
      name = mapped.as<Tuple>()->items[1].as<Str>();
    } else {
      mapped = errorPending() ? Value() : krt_dict_get_py(pickleModules.reverseImportMapping.as<Dict>(), module);
      if (mapped && strCheck(mapped))
        module = mapped.as<Str>();
    }
    if (errorPending())
      return false;
  }
  for (Str *part : {module, name})
    if (protocol_ < 3 && !part->isAscii()) {
      krt_raise(krt_pickle_write_error, "can't pickle global identifier '%S.%S' using pickle protocol %d", Value(module), Value(name), protocol_);
      return false;
    }
  op('c');
  text(strView(module));
  op('\n');
  text(strView(name));
  op('\n');
  return memoize(object);
}

// ---- What reduces itself ----

/// How [object] wants to be pickled: __reduce_ex__ or __reduce__.
Value reductionOf_py(Value object, int protocol) {
  Value method = krt_getattr_optional_py(object, KSTR(__reduce_ex__));
  if (method)
    return krt_call1_py(method, smallInt(protocol));
  if (errorPending())
    return {};
  method = krt_getattr_optional_py(object, KSTR(__reduce__));
  if (method)
    return krt_call0_py(method);
  if (!errorPending())
    krt_raise(krt_pickle_write_error, "can't pickle '%T' object: %R", object, object);
  return {};
}

bool Writer::reduce_py(Value object) {
  Value result;
  if (reducerOverride_) {
    result = TRY(krt_call1_py(reducerOverride_, object));
    if (result == kNotImplemented)
      result = Value();
  }
  if (!result) {
    Value cls = classOf(object);
    if (cls == Value(&krt_type_class))
      return class_py(object.as<Class>());
    if (isExact(object, krt_function_class))
      return global_py(object, Value());
    Value reducer;
    if (!dispatchTable_) {
      reducer = krt_dict_get_py(pickleModules.copyregDispatch.as<Dict>(), cls);
    } else {
      reducer = krt_getitem_py(dispatchTable_, cls);
      if (!reducer)
        krt_error_clear_if(kKeyError);
    }
    if (errorPending())
      return false;
    if (reducer)
      result = TRY(krt_call1_py(reducer, object));
    else if (hasClassFlag(object, kClassTypeSub))
      return class_py(object.as<Class>());
    else
      result = TRY(reductionOf_py(object, protocol_));
  }
  if (strCheck(result))
    return global_py(object, result);
  if (!hasClassFlag(result, kClassTupleSub))
    return raiseWrite("__reduce__ must return a string or tuple");
  return reduced_py(result.as<Tuple>(), object);
}

/// Whether [callee] goes by that name, as the functions of copyreg do.
bool isNamed_py(Value callee, Str *name, bool *out) {
  Value own = krt_getattr_optional_py(callee, KSTR(__name__));
  *out = own && strCheck(own) && krt_str_equal(own.as<Str>(), name);
  return !errorPending();
}

/// callee is copyreg.__newobj_ex__: cls.__new__(cls, *args, **kwargs).
bool Writer::newObjectEx_py(Value callee, Tuple *args) {
  if (args->length != 3)
    return krt_raise(krt_pickle_write_error, "length of the NEWOBJ_EX argument tuple must be exactly 3, not %zd", args->length), false;
  Value cls = args->items[0], positional = args->items[1], keywords = args->items[2];
  if (!hasClassFlag(cls, kClassTypeSub))
    return raiseWrite("first item from NEWOBJ_EX argument tuple must be a class, not %T", cls);
  if (!hasClassFlag(positional, kClassTupleSub))
    return raiseWrite("second item from NEWOBJ_EX argument tuple must be a tuple, not %T", positional);
  if (!hasClassFlag(keywords, kClassDictSub))
    return raiseWrite("third item from NEWOBJ_EX argument tuple must be a dict, not %T", keywords);
  if (protocol_ >= 4) {
    TRY(save_py(cls) && save_py(positional) && save_py(keywords));
    op(kNewObjEx);
    return true;
  }
  // Without the opcode: a partial of the call, called without arguments.
  Value partial = TRY(krt_getattr_py(TRY(pickleImport_py(KSTR(functools))), KSTR(partial)));
  auto *given = positional.as<Tuple>();
  Tuple *all = krt_tuple_new(static_cast<size_t>(given->length) + 2);
  all->items[0] = TRY(krt_getattr_py(cls, KSTR(__new__)));
  all->items[1] = cls;
  std::copy_n(given->items, given->length, all->items + 2);
  TRY(save_py(TRY(krt_call_ex_py(partial, all, keywords.as<Dict>()))));
  TRY(save_py(krt_tuple_empty));
  op('R');
  return true;
}

bool Writer::reduced_py(Tuple *parts, Value object) {
  if (parts->length < 2 || parts->length > 6)
    return raiseWrite("tuple returned by __reduce__ must contain 2 through 6 elements");
  Value part[6];
  for (int64_t i = 0; i < parts->length; ++i)
    part[i] = i >= 2 && parts->items[i] == kNone ? Value() : parts->items[i];
  Value callee = part[0], state = part[2], listItems = part[3], dictItems = part[4], setter = part[5];
  if (!krt_callable(callee))
    return raiseWrite("first item of the tuple returned by __reduce__ must be callable");
  if (!hasClassFlag(part[1], kClassTupleSub))
    return raiseWrite("second item of the tuple returned by __reduce__ must be a tuple");
  auto isIterator = [](Value v) { return classOf(v)->slots.next != nullptr; };
  if (listItems && !isIterator(listItems))
    return raiseWrite("fourth element of the tuple returned by __reduce__ must be an iterator, not %T", listItems);
  if (dictItems && !isIterator(dictItems))
    return raiseWrite("fifth element of the tuple returned by __reduce__ must be an iterator, not %T", dictItems);
  if (setter && !krt_callable(setter))
    return raiseWrite("sixth element of the tuple returned by __reduce__ must be a function, not %T", setter);
  auto *args = part[1].as<Tuple>();
  bool newObject = false, newObjectEx = false;
  if (protocol_ >= 2) {
    TRY(isNamed_py(callee, KSTR(__newobj_ex__), &newObjectEx));
    if (!newObjectEx)
      TRY(isNamed_py(callee, KSTR(__newobj__), &newObject));
  }
  if (newObjectEx) {
    TRY(newObjectEx_py(callee, args));
  } else if (newObject) {
    if (args->length < 1)
      return raiseWrite("__newobj__ arglist is empty");
    Value cls = args->items[0];
    Value maker = krt_getattr_optional_py(cls, KSTR(__new__));
    if (errorPending())
      return false;
    if (!maker)
      return raiseWrite("args[0] from __newobj__ args has no __new__");
    if (object) {
      Value own = krt_getattr_py(object, KSTR(__class__));
      if (!own)
        return false;
      if (own != cls)
        return raiseWrite("args[0] from __newobj__ args has the wrong class");
    }
    TRY(save_py(cls));
    TRY(save_py(krt_tuple_from(args->items + 1, static_cast<size_t>(args->length) - 1)));
    op(kNewObj);
  } else {
    TRY(save_py(callee));
    TRY(save_py(args));
    op('R');
  }
  if (object) {
    // An object that is part of its own arguments is in the memo by now: what was made is dropped.
    if (isMemoized(object))
      TRY(recursive(object, 1));
    else
      memoize(object);
  }
  if (listItems)
    TRY(items_py(listItems));
  if (dictItems)
    TRY(pairs_py(dictItems));
  if (!state)
    return true;
  if (!setter) {
    TRY(save_py(state));
    op('b');
    return true;
  }
  TRY(save_py(setter) && save_py(object) && save_py(state));
  op(kTuple2);
  op('R');
  op('0');
  return true;
}

// ---- Any object ----

bool Writer::persistent_py(Value object, bool *done) {
  Value id = TRY(krt_call1_py(persistentId_, object));
  *done = id != kNone;
  if (!*done)
    return true;
  if (bin_) {
    TRY(save_py(id, false));
    op('Q');
    return true;
  }
  Str *line = TRY(krt_str_of_py(id));
  if (!line->isAscii())
    return raiseWrite("persistent IDs in protocol 0 must be ASCII strings");
  op('P');
  text(strView(line));
  op('\n');
  return true;
}

bool Writer::save_py(Value object, bool persistent) {
  if (!boundary_py())
    return false;
  if (persistentId_ && persistent) {
    bool done;
    TRY(persistent_py(object, &done));
    if (done)
      return true;
  }
  if (object.isInt())
    return int_py(object);
  if (object.isImmediateFloat() || isZeroFloat(object))
    return float_py(floatValue(object));
  if (object == kNone) {
    op('N');
    return true;
  }
  if (isBool(object)) {
    if (protocol_ >= 2)
      op(object == kTrue ? kNewTrue : kNewFalse);
    else
      text(object == kTrue ? "I01\n" : "I00\n");
    return true;
  }
  const Class *cls = classOf(object);
  if (cls == &krt_int_class)
    return int_py(object);
  if (cls == &krt_float_class)
    return float_py(floatValue(object));
  if (!self_->fast)
    if (int64_t index = self_->memo.find(object); index >= 0)
      return get(index);
  if (cls == &krt_str_class)
    return str_py(object.as<Str>());
  if (cls == &krt_bytes_class)
    return bytes_py(object.as<Bytes>());
  Level level(" while pickling an object");
  return level.fits() && saveOther_py(object);
}

bool Writer::saveOther_py(Value object) {
  const Class *cls = classOf(object);
  if (cls == &krt_dict_class)
    return dict_py(object.as<Dict>());
  if (cls == &krt_list_class)
    return list_py(object.as<List>());
  if (cls == &krt_tuple_class)
    return tuple_py(object.as<Tuple>());
  if (cls == &krt_set_class)
    return set_py(object.as<Set>());
  if (cls == &krt_frozenset_class)
    return frozenSet_py(object.as<Set>());
  if (cls == &krt_bytearray_class)
    return byteArray_py(object.as<ByteArray>());
  if (cls == &krt_pickle_buffer_class)
    return buffer_py(object);
  return reduce_py(object);
}

/// The method or attribute [name] that a subclass or the program gave the pickler; null without an exception if none.
Value hook_py(Pickler *self, Str *name, Value own) {
  return own || isExact(self, krt_pickler_class) ? own : krt_getattr_optional_py(self, name);
}

bool Writer::run_py(Value object, Bytes **out) {
  persistentId_ = hook_py(self_, KSTR(persistent_id), self_->persistentId);
  if (!errorPending())
    dispatchTable_ = hook_py(self_, KSTR(dispatch_table), self_->dispatchTable);
  if (!errorPending() && !isExact(self_, krt_pickler_class))
    reducerOverride_ = krt_getattr_optional_py(self_, KSTR(reducer_override));
  if (errorPending())
    return false;
  if (protocol_ >= 2)
    number(kProto, static_cast<uint64_t>(protocol_), 1);
  framing_ = protocol_ >= 4;
  TRY(save_py(object));
  op('.');
  closeFrame();
  framing_ = false;
  if (self_->write)
    return flush_py();
  *out = krt_bytes_new(out_.data, out_.length);
  return true;
}

} // namespace

bool pickleWrite_py(Pickler *self, Value object, Bytes **out) { return Writer(self).run_py(object, out); }

// ---- The memo -------------------------------------------------------------------------------------------------

PickleMemo::Entry *PickleMemo::place(Value key) const {
  auto mask = static_cast<uint64_t>(capacity_) - 1;
  for (uint64_t i = key.bits * 0x9E3779B97F4A7C15u >> 20 & mask;; i = (i + 1) & mask)
    if (!entries_[i].key || entries_[i].key == key)
      return &entries_[i];
}
int64_t PickleMemo::find(Value key) const {
  if (!capacity_)
    return -1;
  Entry *entry = place(key);
  return entry->key ? entry->number : -1;
}
void PickleMemo::set(Value key, int64_t number) {
  if ((used_ + 1) * 3 > capacity_ * 2) {
    PickleMemo old = *this;
    capacity_ = old.capacity_ ? old.capacity_ * 4 : 16;
    entries_ = static_cast<Entry *>(gcAllocate(static_cast<size_t>(capacity_) * sizeof(Entry)));
    for (const Entry &entry : old)
      if (entry.key)
        *place(entry.key) = entry;
  }
  Entry *entry = place(key);
  used_ += !entry->key;
  *entry = {key, number};
}

} // namespace krait
