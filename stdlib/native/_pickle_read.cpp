// _pickle_read.cpp - pickles to objects. Reads from memory, or from a file: then as much as is asked for, and
// what peek() shows besides, so that the file is left right behind the pickle.
#include "stdlib/native/_pickle.h"

#include "runtime/object/args.h"
#include "runtime/object/audit.h"
#include "runtime/object/class.h"
#include "runtime/object/codecs.h"
#include "runtime/object/containers.h"
#include "runtime/object/float.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/int_methods.h"
#include "runtime/object/iteration.h"
#include "runtime/object/memoryview_methods.h"
#include "runtime/object/property.h"
#include "runtime/object/protocol.h"
#include "runtime/object/state.h"
#include "runtime/object/str.h"
#include "stdlib/native/_pickle_codes.h"

#include <algorithm>
#include <bit>
#include <charconv>

namespace krait {

namespace {

constexpr int64_t kPrefetch = 128 * 1024;

template <typename... Args> Value fail(const char *format, Args... args) {
  return krt_raise(krt_pickle_read_error, format, args...);
}

class Reader {
public:
  Reader(Unpickler *self, const uint8_t *data, int64_t size)
      : self_(self), data_(data), size_(size), fromFile_(!data) {}
  Value run_py();

private:
  Unpickler *self_;
  const uint8_t *data_;
  int64_t size_, at_ = 0;
  int64_t taken_ = 0; // from a file: up to here the bytes were read, those behind only looked at
  bool fromFile_;
  int protocol_ = 0;
  Value holder_; // keeps the memory at data_
  Value persistentLoad_;
  bool ownFindClass_ = false;
  GcVector<Value> stack_;
  GcVector<int64_t> marks_;

  // ---- Input
  const uint8_t *take_py(int64_t n) {
    if (__builtin_expect(n <= size_ - at_, 1)) {
      at_ += n;
      return data_ + at_ - n;
    }
    return takeMore_py(n);
  }
  const uint8_t *takeMore_py(int64_t n);
  bool skip_py();
  bool refill_py(Value bytes, int64_t least);
  /// A line without its end.
  bool line_py(std::string_view *out);
  /// An unsigned number of [size] bytes.
  bool number_py(int size, uint64_t *out);
  bool size_py(int size, const char *what, int64_t *out);

  // ---- Stack
  size_t fence() const { return marks_.size() ? static_cast<size_t>(marks_[marks_.size() - 1]) : 0; }
  bool push(Value v) { return stack_.push(v), true; }
  bool underflow() {
    fail(marks_.empty() ? "unpickling stack underflow" : "unexpected MARK found");
    return false;
  }
  bool has(size_t n) { return stack_.size() >= fence() + n || underflow(); }
  /// Where the items behind the last mark begin; that mark is gone then. -1 with an exception pending.
  int64_t popMark() {
    if (marks_.empty()) {
      fail("could not find MARK");
      return -1;
    }
    return marks_.pop();
  }
  void cut(size_t size) {
    while (stack_.size() > size)
      stack_.pop();
  }
  Tuple *tupleFrom(size_t start) {
    Tuple *tuple = krt_tuple_from(stack_.data() + start, stack_.size() - start);
    cut(start);
    return tuple;
  }

  // ---- Opcodes
  bool step_py(uint8_t code);
  bool intText_py();
  bool longText_py();
  bool long_py(int sizeBytes);
  bool floatText_py();
  bool binFloat_py();
  bool oldString_py();
  bool oldBytes_py(int sizeBytes);
  bool oldText_py(const char *data, size_t size);
  bool bytes_py(int sizeBytes, const char *name);
  bool byteArray_py();
  bool text_py(int sizeBytes, const char *name);
  bool rawText_py();
  bool tuple_py(size_t n);
  bool dict_py();
  bool set_py(Class *cls);
  bool append_py(size_t start);
  bool setItems_py(size_t start);
  bool addItems_py();
  bool global_py(Str *module, Str *name);
  bool globalLines_py(Str **module, Str **name);
  bool stackGlobal_py();
  bool extension_py(int sizeBytes);
  bool persistent_py(Value id);
  bool get(int64_t index);
  bool getText_py();
  bool put(int64_t index);
  bool putText_py();
  bool instance_py(Value cls, Tuple *args);
  bool inst_py();
  bool obj_py();
  bool reduce_py();
  bool newObject_py(bool withKeywords);
  bool build_py();
  bool setState_py(Value object, Value state);
  bool frame_py();
  bool nextBuffer_py();
  bool readonlyBuffer_py();
};

// ---- Input ----

/// What was looked at and used is read now.
bool Reader::skip_py() {
  if (at_ <= taken_)
    return true;
  Value got = krt_call1_py(self_->read, smallInt(at_ - taken_));
  taken_ = at_;
  return static_cast<bool>(got);
}

/// [bytes] from the file become the input, and what peek() shows behind them.
bool Reader::refill_py(Value bytes, int64_t least) {
  if (!bytesCheck(bytes))
    return krt_raise(kTypeError, "read() returned non-bytes object (%T)", bytes), false;
  auto *read = bytes.as<Bytes>();
  holder_ = read;
  data_ = read->data;
  size_ = taken_ = read->length;
  at_ = 0;
  if (!self_->peek || read->length < least)
    return true;
  Value shown = krt_call1_py(self_->peek, smallInt(kPrefetch));
  if (!shown) {
    self_->peek = Value();
    return krt_error_clear_if(kNotImplementedError);
  }
  if (!bytesCheck(shown) || !shown.as<Bytes>()->length)
    return true;
  Bytes *both = krt_bytes_raw(static_cast<size_t>(read->length + shown.as<Bytes>()->length));
  std::memcpy(both->data, read->data, static_cast<size_t>(read->length));
  std::memcpy(both->data + read->length, shown.as<Bytes>()->data,
              static_cast<size_t>(shown.as<Bytes>()->length));
  holder_ = both;
  data_ = both->data;
  size_ = both->length;
  return true;
}

const uint8_t *Reader::takeMore_py(int64_t n) {
  if (fromFile_) {
    Value bytes = skip_py() ? krt_call1_py(self_->read, smallInt(n)) : Value();
    if (!bytes || !refill_py(bytes, n))
      return nullptr;
    if (size_ >= n) {
      at_ = n;
      return data_;
    }
    at_ = size_;
  }
  fail("pickle data was truncated");
  return nullptr;
}

bool Reader::line_py(std::string_view *out) {
  auto find = [&] {
    return static_cast<const uint8_t *>(
        size_ > at_ ? std::memchr(data_ + at_, '\n', static_cast<size_t>(size_ - at_)) : nullptr);
  };
  const uint8_t *end = find();
  if (!end && fromFile_) {
    Value bytes = skip_py() ? krt_call0_py(self_->readline) : Value();
    if (!bytes || !refill_py(bytes, 1))
      return false;
    end = find();
  }
  if (!end)
    return fail("pickle data was truncated"), false;
  *out = {reinterpret_cast<const char *>(data_ + at_), static_cast<size_t>(end - data_ - at_)};
  at_ = end - data_ + 1;
  return true;
}

bool Reader::number_py(int size, uint64_t *out) {
  const uint8_t *p = TRY(take_py(size));
  *out = 0;
  for (int i = 0; i < size; ++i)
    *out |= static_cast<uint64_t>(p[i]) << (8 * i);
  return true;
}

/// The size of a payload: never more than memory can have.
bool Reader::size_py(int size, const char *what, int64_t *out) {
  uint64_t n;
  TRY(number_py(size, &n));
  if (n > INT64_MAX)
    return krt_raise(kOverflowError, "%s exceeds system's maximum%s of %lld bytes", what,
                     what[0] == 'F' ? "" : " size", static_cast<long long>(INT64_MAX)),
           false;
  *out = static_cast<int64_t>(n);
  return true;
}

// ---- Numbers ----

bool Reader::intText_py() {
  std::string_view line;
  TRY(line_py(&line));
  if (line == "00" || line == "01")
    return push(boolean(line == "01"));
  Value text = krt_bytes_new(line.data(), line.size());
  Value arguments[2] = {text, smallInt(0)};
  Value n = krt_call_py(&krt_int_class, arguments, 2, nullptr);
  if (!n && krt_error_matches(kValueError)) {
    krt_error_clear();
    krt_raise(kValueError, "could not convert string to int");
  }
  return n && push(n);
}

bool Reader::longText_py() {
  std::string_view line;
  TRY(line_py(&line));
  if (!line.empty() && line.back() == 'L')
    line.remove_suffix(1);
  Value arguments[2] = {krt_bytes_new(line.data(), line.size()), smallInt(0)};
  return push(TRY(krt_call_py(&krt_int_class, arguments, 2, nullptr)));
}

bool Reader::long_py(int sizeBytes) {
  uint64_t given;
  TRY(number_py(sizeBytes, &given));
  auto size = static_cast<int64_t>(given);
  if (sizeBytes == 4 && static_cast<int32_t>(given) < 0)
    return fail("LONG pickle has negative byte count"), false;
  const uint8_t *p = TRY(take_py(size));
  if (size > 8) {
    Value bytes = krt_bytes_new(p, static_cast<size_t>(size));
    return push(TRY(krt_int_fromBytes_py(&krt_int_class, bytes, KSTR(little), true)));
  }
  uint64_t n = size && p[size - 1] & 0x80 ? ~uint64_t{0} : 0;
  for (int64_t i = size; i-- > 0;)
    n = n << 8 | p[i];
  return push(krt_int_from_i64(static_cast<int64_t>(n)));
}

bool Reader::floatText_py() {
  std::string_view line;
  TRY(line_py(&line));
  Value d = krt_call1_py(&krt_float_class, krt_bytes_new(line.data(), line.size()));
  if (!d && krt_error_clear_if(kValueError))
    krt_raise(kValueError, "could not convert string to float");
  return d && push(d);
}

bool Reader::binFloat_py() {
  const uint8_t *p = TRY(take_py(8));
  uint64_t bits;
  std::memcpy(&bits, p, 8);
  return push(floatBox(std::bit_cast<double>(__builtin_bswap64(bits))));
}

// ---- Text and bytes ----

/// An 8-bit string of Python 2, as the program wants it.
bool Reader::oldText_py(const char *data, size_t size) {
  Value bytes = krt_bytes_new(data, size);
  if (strView(self_->encoding) == "bytes")
    return push(bytes);
  return push(
      TRY(krt_codec_decode_py(bytes, strView(self_->encoding).data(), strView(self_->errors).data())));
}

bool Reader::oldString_py() {
  std::string_view line;
  TRY(line_py(&line));
  if (line.size() < 2 || line.front() != line.back() || (line.front() != '\'' && line.front() != '"'))
    return fail("the STRING opcode argument must be quoted"), false;
  Value decode = TRY(krt_getattr_py(TRY(pickleImport_py(KSTR(_codecs))), KSTR(escape_decode)));
  Value pair = TRY(krt_call1_py(decode, krt_bytes_new(line.data() + 1, line.size() - 2)));
  auto *bytes = pair.as<Tuple>()->items[0].as<Bytes>();
  return oldText_py(reinterpret_cast<const char *>(bytes->data), static_cast<size_t>(bytes->length));
}

bool Reader::oldBytes_py(int sizeBytes) {
  uint64_t size;
  TRY(number_py(sizeBytes, &size));
  if (sizeBytes == 4 && static_cast<int32_t>(size) < 0)
    return fail("BINSTRING pickle has negative byte count"), false;
  const uint8_t *p = TRY(take_py(static_cast<int64_t>(size)));
  return oldText_py(reinterpret_cast<const char *>(p), size);
}

bool Reader::bytes_py(int sizeBytes, const char *name) {
  int64_t size;
  TRY(size_py(sizeBytes, name, &size));
  const uint8_t *p = TRY(take_py(size));
  return push(krt_bytes_new(p, static_cast<size_t>(size)));
}

bool Reader::byteArray_py() {
  int64_t size;
  TRY(size_py(8, "BYTEARRAY8", &size));
  const uint8_t *p = TRY(take_py(size));
  return push(krt_bytearray_new(p, static_cast<size_t>(size)));
}

bool isAscii(const uint8_t *p, int64_t size) {
  uint8_t all = 0;
  for (int64_t i = 0; i < size; ++i)
    all |= p[i];
  return all < 0x80;
}

bool Reader::text_py(int sizeBytes, const char *name) {
  int64_t size;
  TRY(size_py(sizeBytes, name, &size));
  const uint8_t *p = TRY(take_py(size));
  if (isAscii(p, size))
    return push(krt_str_from_latin1(p, static_cast<size_t>(size)));
  return push(
      TRY(krt_codec_decode_py(krt_bytes_new(p, static_cast<size_t>(size)), "utf-8", "surrogatepass")));
}

bool Reader::rawText_py() {
  std::string_view line;
  TRY(line_py(&line));
  return push(
      TRY(krt_codec_decode_py(krt_bytes_new(line.data(), line.size()), "raw-unicode-escape", "strict")));
}

// ---- Containers ----

bool Reader::tuple_py(size_t n) { return has(n) && push(tupleFrom(stack_.size() - n)); }

bool Reader::dict_py() {
  int64_t start = popMark();
  if (start < 0)
    return false;
  auto from = static_cast<size_t>(start);
  if ((stack_.size() - from) & 1)
    return fail("odd number of items for DICT"), false;
  Dict *dict = krt_dict_new();
  for (size_t i = from; i < stack_.size(); i += 2)
    if (krt_dict_set_py(dict, stack_[i], stack_[i + 1]) < 0)
      return false;
  cut(from);
  return push(dict);
}

bool Reader::set_py(Class *cls) {
  int64_t start = popMark();
  if (start < 0)
    return false;
  Set *set = krt_set_new(cls);
  for (auto i = static_cast<size_t>(start); i < stack_.size(); ++i)
    if (krt_set_add_py(set, stack_[i]) < 0)
      return false;
  cut(static_cast<size_t>(start));
  return push(set);
}

/// Items from [start] on go to the end of the list below them.
bool Reader::append_py(size_t start) {
  if (start < fence() + 1 || start > stack_.size())
    return underflow();
  Value list = stack_[start - 1];
  size_t count = stack_.size() - start;
  if (!count)
    return true;
  if (isExact(list, krt_list_class)) {
    for (size_t i = start; i < stack_.size(); ++i)
      krt_list_append(list.as<List>(), stack_[i]);
    cut(start);
    return true;
  }
  Value extend = krt_getattr_optional_py(list, KSTR(extend));
  if (errorPending())
    return false;
  if (extend) {
    List *items = krt_list_from(stack_.data() + start, count);
    cut(start);
    return static_cast<bool>(krt_call1_py(extend, items));
  }
  Value append = TRY(krt_getattr_py(list, KSTR(append)));
  List *items = krt_list_from(stack_.data() + start, count);
  cut(start);
  for (int64_t i = 0; i < items->length; ++i)
    TRY(krt_call1_py(append, items->items[i]));
  return true;
}

bool Reader::setItems_py(size_t start) {
  if (start < fence() + 1 || start > stack_.size())
    return underflow();
  if ((stack_.size() - start) & 1)
    return fail("odd number of items for SETITEMS"), false;
  Value dict = stack_[start - 1];
  Tuple *items = nullptr;
  if (!isExact(dict, krt_dict_class))
    items = krt_tuple_from(stack_.data() + start, stack_.size() - start);
  for (size_t i = start; i < stack_.size(); i += 2) {
    int status = items ? krt_setitem_py(dict, items->items[i - start], items->items[i - start + 1])
                       : krt_dict_set_py(dict.as<Dict>(), stack_[i], stack_[i + 1]);
    if (status < 0)
      return false;
  }
  cut(start);
  return true;
}

bool Reader::addItems_py() {
  int64_t mark = popMark();
  if (mark < 0)
    return false;
  auto start = static_cast<size_t>(mark);
  if (start < fence() + 1 || start > stack_.size())
    return underflow();
  Value set = stack_[start - 1];
  bool exact = isExact(set, krt_set_class);
  Value add = exact ? Value() : krt_getattr_py(set, KSTR(add));
  if (!exact && !add)
    return false;
  Tuple *items = tupleFrom(start);
  for (int64_t i = 0; i < items->length; ++i)
    if (exact ? krt_set_add_py(set.as<Set>(), items->items[i]) < 0 : !krt_call1_py(add, items->items[i]))
      return false;
  return true;
}

// ---- Classes and functions ----

bool Reader::global_py(Str *module, Str *name) {
  Value found;
  if (ownFindClass_) {
    Value arguments[2] = {module, name};
    found = krt_call_method_py(self_, KSTR(find_class), arguments, 2);
  } else {
    found = pickleFindClass_py(self_, module, name, protocol_);
  }
  return found && push(found);
}

bool Reader::globalLines_py(Str **module, Str **name) {
  for (Str **part : {module, name}) {
    std::string_view line;
    TRY(line_py(&line));
    *part = TRY(krt_codec_decode_py(krt_bytes_new(line.data(), line.size()), "utf-8", "strict")).as<Str>();
  }
  return true;
}

bool Reader::stackGlobal_py() {
  TRY(has(2));
  Value name = stack_.pop(), module = stack_.pop();
  if (!strCheck(name) || !strCheck(module))
    return fail("STACK_GLOBAL requires str"), false;
  return global_py(module.as<Str>(), name.as<Str>());
}

bool Reader::extension_py(int sizeBytes) {
  uint64_t n;
  TRY(number_py(sizeBytes, &n));
  auto code = sizeBytes == 4 ? static_cast<int32_t>(n) : static_cast<int64_t>(n);
  if (code <= 0)
    return fail("EXT specifies code <= 0"), false;
  Value key = smallInt(code);
  Value cached = krt_dict_get_py(pickleModules.copyregCache.as<Dict>(), key);
  if (cached)
    return push(cached);
  Value pair = krt_dict_get_py(pickleModules.copyregInverted.as<Dict>(), key);
  if (errorPending())
    return false;
  if (!pair)
    return krt_raise(kValueError, "unregistered extension code %lld", static_cast<long long>(code)), false;
  if (!hasClassFlag(pair, kClassTupleSub) || pair.as<Tuple>()->length != 2 ||
      !strCheck(pair.as<Tuple>()->items[0]) || !strCheck(pair.as<Tuple>()->items[1]))
    return krt_raise(kValueError, "_inverted_registry[%lld] isn't a 2-tuple of strings",
                     static_cast<long long>(code)),
           false;
  TRY(global_py(pair.as<Tuple>()->items[0].as<Str>(), pair.as<Tuple>()->items[1].as<Str>()));
  return krt_dict_set_py(pickleModules.copyregCache.as<Dict>(), key, stack_.back()) >= 0;
}

bool Reader::persistent_py(Value id) {
  if (!persistentLoad_)
    return fail("A load persistent id instruction was encountered,\nbut no persistent_load function was "
                "specified."),
           false;
  return push(TRY(krt_call1_py(persistentLoad_, id)));
}

// ---- Memo ----

bool Reader::get(int64_t index) {
  Value v = index >= 0 && index < self_->memoCapacity ? self_->memo[index] : Value();
  if (!v)
    return fail("Memo value not found at index %lld", static_cast<long long>(index)), false;
  return push(v);
}

bool textIndex(std::string_view line, int64_t *out) {
  auto result = std::from_chars(line.data(), line.data() + line.size(), *out);
  if (result.ec == std::errc() && result.ptr == line.data() + line.size())
    return true;
  krt_raise(kValueError, "invalid literal for int() with base 10: %R",
            Value(krt_bytes_new(line.data(), line.size())));
  return false;
}

bool Reader::getText_py() {
  std::string_view line;
  int64_t index;
  return line_py(&line) && textIndex(line, &index) && get(index);
}

bool Reader::put(int64_t index) { return has(1) && unpicklerMemoSet(self_, index, stack_.back()); }

bool Reader::putText_py() {
  std::string_view line;
  int64_t index;
  TRY(line_py(&line));
  TRY(textIndex(line, &index));
  if (index < 0)
    return krt_raise(kValueError, "negative PUT argument"), false;
  return put(index);
}

// ---- Objects ----

/// An instance as INST and OBJ make it: without arguments of a class that asks for none, without __init__.
bool Reader::instance_py(Value cls, Tuple *args) {
  if (!args->length && hasClassFlag(cls, kClassTypeSub)) {
    Value initial = krt_getattr_optional_py(cls, KSTR(__getinitargs__));
    if (errorPending())
      return false;
    if (!initial)
      return push(TRY(krt_call_method_py(cls, KSTR(__new__), &cls, 1)));
  }
  return push(TRY(krt_call_py(cls, args->items, static_cast<size_t>(args->length), nullptr)));
}

bool Reader::inst_py() {
  int64_t mark = popMark();
  if (mark < 0)
    return false;
  Tuple *args = tupleFrom(static_cast<size_t>(mark));
  Str *module, *name;
  TRY(globalLines_py(&module, &name));
  TRY(global_py(module, name));
  return instance_py(stack_.pop(), args);
}

bool Reader::obj_py() {
  int64_t mark = popMark();
  if (mark < 0)
    return false;
  auto start = static_cast<size_t>(mark);
  if (stack_.size() <= start)
    return underflow();
  Tuple *args = tupleFrom(start + 1);
  return instance_py(stack_.pop(), args);
}

bool Reader::reduce_py() {
  TRY(has(2));
  Value args = stack_.pop(), callee = stack_.pop();
  if (!hasClassFlag(args, kClassTupleSub))
    return krt_raise(kTypeError, "argument list must be a tuple"), false;
  return push(TRY(
      krt_call_py(callee, args.as<Tuple>()->items, static_cast<size_t>(args.as<Tuple>()->length), nullptr)));
}

bool Reader::newObject_py(bool withKeywords) {
  TRY(has(withKeywords ? 3 : 2));
  Value keywords = withKeywords ? stack_.pop() : Value(), args = stack_.pop(), cls = stack_.pop();
  const char *name = withKeywords ? "NEWOBJ_EX" : "NEWOBJ";
  if (!hasClassFlag(cls, kClassTypeSub))
    return fail("%s class argument must be a type, not %T", name, cls), false;
  if (!hasClassFlag(args, kClassTupleSub))
    return fail("%s args argument must be a tuple, not %T", name, args), false;
  if (withKeywords && !hasClassFlag(keywords, kClassDictSub))
    return fail("%s kwargs argument must be a dict, not %T", name, keywords), false;
  auto *given = args.as<Tuple>();
  if (!withKeywords) {
    auto *made = cls.as<Class>();
    if (!made->slots.make)
      return fail("NEWOBJ class argument '%N' doesn't have __new__", made), false;
    return push(TRY(made->slots.make(made, given->items, static_cast<size_t>(given->length), nullptr)));
  }
  Tuple *all = krt_tuple_new(static_cast<size_t>(given->length) + 1);
  all->items[0] = cls;
  std::copy_n(given->items, given->length, all->items + 1);
  return push(TRY(krt_call_ex_py(TRY(krt_getattr_py(cls, KSTR(__new__))), all, keywords.as<Dict>())));
}

/// Attributes straight into [object]; 0 when it is no plain one, whose __dict__ has to be asked for.
int setAttributes(Value object, Dict *state) {
  Value view = krt_class_lookup(classOf(object), KSTR(__dict__));
  if (!view || hasClassFlag(object, kClassTypeSub) || isExact(view, krt_property_class))
    return errorPending() ? -1 : 0;
  uint32_t position = 0;
  while (DictEntry *entry = krt_dict_next(state, &position))
    if (!isExact(entry->key, krt_str_class))
      return 0;
  position = 0;
  while (DictEntry *entry = krt_dict_next(state, &position))
    if (krt_instance_set(object.asObject(), krt_str_intern(entry->key.as<Str>()), entry->value) < 0)
      return errorPending() ? -1 : 0;
  return 1;
}

/// The attributes of a plain object: a dict of those in __dict__, or a pair of that and one of slots.
bool Reader::setState_py(Value object, Value state) {
  Value slots = kNone;
  if (isExact(state, krt_tuple_class) && state.as<Tuple>()->length == 2) {
    slots = state.as<Tuple>()->items[1];
    state = state.as<Tuple>()->items[0];
  }
  if (state != kNone) {
    if (!hasClassFlag(state, kClassDictSub))
      return fail("state is not a dictionary"), false;
    int done = setAttributes(object, state.as<Dict>());
    if (done < 0)
      return false;
    if (!done) {
      Value attributes = TRY(krt_getattr_py(object, KSTR(__dict__)));
      uint32_t position = 0;
      while (DictEntry *entry = krt_dict_next(state.as<Dict>(), &position)) {
        Value key =
            isExact(entry->key, krt_str_class) ? Value(krt_str_intern(entry->key.as<Str>())) : entry->key;
        if (krt_setitem_py(attributes, key, entry->value) < 0)
          return false;
      }
    }
  }
  if (slots == kNone)
    return true;
  if (!hasClassFlag(slots, kClassDictSub))
    return fail("slot state is not a dictionary"), false;
  uint32_t position = 0;
  while (DictEntry *entry = krt_dict_next(slots.as<Dict>(), &position)) {
    if (!strCheck(entry->key))
      return krt_raise(kTypeError, "attribute name must be string, not '%T'", entry->key), false;
    if (krt_setattr_py(object, krt_str_intern(entry->key.as<Str>()), entry->value) < 0)
      return false;
  }
  return true;
}

bool Reader::build_py() {
  TRY(has(2));
  Value state = stack_.pop(), object = stack_.back();
  Value setState = krt_getattr_optional_py(object, KSTR(__setstate__));
  if (errorPending())
    return false;
  return setState ? static_cast<bool>(krt_call1_py(setState, state)) : setState_py(object, state);
}

// ---- Frames and out-of-band data ----

/// A frame is only a promise of so many bytes: they are fetched at once, then read one opcode after the
/// other.
bool Reader::frame_py() {
  int64_t size;
  TRY(size_py(8, "FRAME length", &size));
  TRY(take_py(size));
  at_ -= size;
  return true;
}

bool Reader::nextBuffer_py() {
  if (!self_->buffers)
    return fail("pickle stream refers to out-of-band data but no *buffers* argument was given"), false;
  Value buffer = krt_next_py(self_->buffers);
  if (!buffer && !errorPending())
    fail("not enough out-of-band buffers");
  return buffer && push(buffer);
}

bool Reader::readonlyBuffer_py() {
  TRY(has(1));
  Value view = TRY(krt_memoryview_new_py(stack_.back()));
  if (!view.as<MemoryView>()->readonly)
    stack_.back() = TRY(krt_memoryview_toreadonly(view));
  return true;
}

// ---- The loop ----

bool Reader::step_py(uint8_t code) {
  uint64_t n;
  auto mark = [&] { return popMark(); };
  switch (static_cast<char>(code)) {
  case '(':
    marks_.push(static_cast<int64_t>(stack_.size()));
    return true;
  case '0':
    if (!marks_.empty() && fence() == stack_.size())
      return marks_.pop(), true;
    return has(1) && (stack_.pop(), true);
  case '1': {
    int64_t start = mark();
    return start >= 0 && (cut(static_cast<size_t>(start)), true);
  }
  case '2':
    return has(1) && push(stack_.back());
  case 'N':
    return push(kNone);
  case kNewTrue:
    return push(kTrue);
  case kNewFalse:
    return push(kFalse);
  case 'I':
    return intText_py();
  case 'J':
    return number_py(4, &n) && push(smallInt(static_cast<int32_t>(n)));
  case 'K':
    return number_py(1, &n) && push(smallInt(static_cast<int64_t>(n)));
  case 'M':
    return number_py(2, &n) && push(smallInt(static_cast<int64_t>(n)));
  case 'L':
    return longText_py();
  case kLong1:
    return long_py(1);
  case kLong4:
    return long_py(4);
  case 'F':
    return floatText_py();
  case 'G':
    return binFloat_py();
  case 'S':
    return oldString_py();
  case 'T':
    return oldBytes_py(4);
  case 'U':
    return oldBytes_py(1);
  case 'C':
    return bytes_py(1, "SHORT_BINBYTES");
  case 'B':
    return bytes_py(4, "BINBYTES");
  case kBinBytes8:
    return bytes_py(8, "BINBYTES8");
  case kByteArray8:
    return byteArray_py();
  case 'V':
    return rawText_py();
  case 'X':
    return text_py(4, "BINUNICODE");
  case kShortBinUnicode:
    return text_py(1, "SHORT_BINUNICODE");
  case kBinUnicode8:
    return text_py(8, "BINUNICODE8");
  case ')':
    return push(krt_tuple_empty);
  case kTuple1:
    return tuple_py(1);
  case kTuple2:
    return tuple_py(2);
  case kTuple3:
    return tuple_py(3);
  case 't': {
    int64_t start = mark();
    return start >= 0 && push(tupleFrom(static_cast<size_t>(start)));
  }
  case ']':
    return push(krt_list_new(0));
  case 'l': {
    int64_t start = mark();
    if (start < 0)
      return false;
    auto from = static_cast<size_t>(start);
    List *list = krt_list_from(stack_.data() + from, stack_.size() - from);
    cut(from);
    return push(list);
  }
  case '}':
    return push(krt_dict_new());
  case 'd':
    return dict_py();
  case kEmptySet:
    return push(krt_set_new(&krt_set_class));
  case kFrozenSet:
    return set_py(&krt_frozenset_class);
  case 'a':
    return has(2) && append_py(stack_.size() - 1);
  case 'e': {
    int64_t start = mark();
    return start >= 0 && append_py(static_cast<size_t>(start));
  }
  case 's':
    return has(3) && setItems_py(stack_.size() - 2);
  case 'u': {
    int64_t start = mark();
    return start >= 0 && setItems_py(static_cast<size_t>(start));
  }
  case kAddItems:
    return addItems_py();
  case 'c': {
    Str *module, *name;
    return globalLines_py(&module, &name) && global_py(module, name);
  }
  case kStackGlobal:
    return stackGlobal_py();
  case kExt1:
    return extension_py(1);
  case kExt2:
    return extension_py(2);
  case kExt4:
    return extension_py(4);
  case 'P': {
    std::string_view line;
    TRY(line_py(&line));
    if (!isAscii(reinterpret_cast<const uint8_t *>(line.data()), static_cast<int64_t>(line.size())))
      return fail("persistent IDs in protocol 0 must be ASCII strings"), false;
    return persistent_py(strFrom(line));
  }
  case 'Q':
    return has(1) && persistent_py(stack_.pop());
  case 'g':
    return getText_py();
  case 'h':
    return number_py(1, &n) && get(static_cast<int64_t>(n));
  case 'j':
    return number_py(4, &n) && get(static_cast<int64_t>(n));
  case 'p':
    return putText_py();
  case 'q':
    return number_py(1, &n) && put(static_cast<int64_t>(n));
  case 'r':
    return number_py(4, &n) && put(static_cast<int64_t>(n));
  case kMemoize:
    return put(self_->memoUsed);
  case 'i':
    return inst_py();
  case 'o':
    return obj_py();
  case 'R':
    return reduce_py();
  case kNewObj:
    return newObject_py(false);
  case kNewObjEx:
    return newObject_py(true);
  case 'b':
    return build_py();
  case kProto:
    TRY(number_py(1, &n));
    if (n > kHighestProtocol)
      return krt_raise(kValueError, "unsupported pickle protocol: %d", static_cast<int>(n)), false;
    protocol_ = static_cast<int>(n);
    return true;
  case kFrame:
    return frame_py();
  case kNextBuffer:
    return nextBuffer_py();
  case kReadonlyBuffer:
    return readonlyBuffer_py();
  }
  if (code >= 0x20 && code < 0x7f && code != '\'' && code != '\\')
    return fail("invalid load key, '%c'.", code), false;
  static const char digits[] = "0123456789abcdef";
  return fail("invalid load key, '\\x%c%c'.", digits[code >> 4], digits[code & 15]), false;
}

Value Reader::run_py() {
  bool derived = !isExact(self_, krt_unpickler_class);
  persistentLoad_ = self_->persistentLoad;
  if (!persistentLoad_ && derived)
    persistentLoad_ = krt_getattr_optional_py(self_, KSTR(persistent_load));
  if (errorPending())
    return {};
  ownFindClass_ = derived && krt_class_lookup(classOf(self_), KSTR(find_class)) !=
                                 krt_class_lookup(&krt_unpickler_class, KSTR(find_class));
  for (;;) {
    const uint8_t *code = take_py(1);
    if (!code) {
      if (krt_error_clear_if(krt_pickle_read_error))
        krt_raise(kEOFError, "Ran out of input");
      return {};
    }
    if (*code == '.')
      break;
    if (!step_py(*code))
      return {};
  }
  if (!has(1))
    return {};
  Value result = stack_.pop();
  return fromFile_ && !skip_py() ? Value() : result;
}

} // namespace

Value pickleRead_py(Unpickler *self, const uint8_t *data, int64_t size) {
  return Reader(self, data, size).run_py();
}

bool unpicklerMemoSet(Unpickler *self, int64_t index, Value value) {
  if (index >= self->memoCapacity) {
    // Numbers are given out in order; one far beyond is a damaged pickle.
    if (index > self->memoCapacity * 2 + (int64_t{1} << 24))
      return krt_raise_memory(), false;
    int64_t capacity = std::max<int64_t>(32, index * 2);
    auto *grown = static_cast<Value *>(gcAllocate(static_cast<size_t>(capacity) * sizeof(Value)));
    std::copy_n(self->memo, self->memoCapacity, grown);
    self->memo = grown;
    self->memoCapacity = capacity;
  }
  self->memoUsed += !self->memo[index];
  self->memo[index] = value;
  return true;
}

Value pickleFindClass_py(Unpickler *self, Str *module, Str *name, int protocol) {
  TRY_AUDIT("pickle.find_class", module, name);
  if (protocol < 3 && self->fixImports) {
    Value key[2] = {module, name};
    Value mapped = krt_dict_get_py(pickleModules.nameMapping.as<Dict>(), krt_tuple_from(key, 2));
    if (mapped && isExact(mapped, krt_tuple_class) && mapped.as<Tuple>()->length == 2) {
      module = mapped.as<Tuple>()->items[0].as<Str>();
      name = mapped.as<Tuple>()->items[1].as<Str>();
    } else if (!errorPending()) {
      mapped = krt_dict_get_py(pickleModules.importMapping.as<Dict>(), module);
      if (mapped && strCheck(mapped))
        module = mapped.as<Str>();
    }
    if (errorPending())
      return {};
  }
  Value loaded = TRY(pickleImport_py(krt_str_intern(module)));
  if (protocol >= 4)
    return pickleAttribute_py(loaded, name, nullptr);
  Value found = krt_getattr_optional_py(loaded, krt_str_intern(name));
  return found || errorPending()
             ? found
             : krt_raise(kAttributeError, "Can't get attribute %R on %R", Value(name), loaded);
}

} // namespace krait
