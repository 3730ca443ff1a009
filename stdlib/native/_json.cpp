// _json.cpp - the module _json. The reader runs over the characters in their own width; the writer fills one StrBuilder.
// Messages and positions of errors are CPython's.
#include "stdlib/native/_json.h"

#include "runtime/object/args.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/function.h"
#include "runtime/object/float.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"
#include "runtime/object/str_chars.h"
#include "stdlib/native/nesting.h"

#include "stdlib/native/_json.bind.inc"

#include <charconv>
#include <cmath>
#include <cstdlib>

namespace krait {

// ---- Reading ---------------------------------------------------------------------------------------------------

/// json.decoder.JSONDecodeError(message, text, position); returns null.
static Value decodeError_py(const char *message, Str *text, int64_t position) {
  Value import = TRY(krt_builtin_py(KSTR(__import__)));
  Value names[4] = {strFrom("json.decoder"), kNone, kNone, krt_tuple_new(1)};
  names[3].as<Tuple>()->items[0] = KSTR(JSONDecodeError);
  Value module = TRY(krt_call_py(import, names, 4, nullptr));
  Value cls = TRY(krt_getattr_py(module, KSTR(JSONDecodeError)));
  Value args[3] = {strFrom(message), text, smallInt(position)};
  Value error = TRY(krt_call_py(cls, args, 3, nullptr));
  return krt_raise_value(error);
}

namespace {

template <typename C> class Reader {
public:
  Reader(Str *text, const C *chars, const JsonScanner *options) : text_(text), chars_(chars), length_(text->length()), options_(options) {}
  /// The value at [at]; its end in [next]. StopIteration(position) if there is none.
  Value value_py(int64_t at, int64_t *next);
  /// The string whose characters begin at [at], behind the quote.
  Value string_py(int64_t at, bool strict, int64_t *next);

private:
  Str *text_;
  const C *chars_;
  int64_t length_;
  const JsonScanner *options_;
  Dict *keys_ = nullptr; // equal keys of one document are one object

  void skipSpace(int64_t *at) const {
    while (*at < length_ && (chars_[*at] == ' ' || chars_[*at] == '\n' || chars_[*at] == '\r' || chars_[*at] == '\t'))
      ++*at;
  }
  bool isWord(int64_t at, std::string_view word) const {
    if (length_ - at < static_cast<int64_t>(word.size()))
      return false;
    for (size_t i = 0; i < word.size(); i++)
      if (chars_[at + static_cast<int64_t>(i)] != static_cast<C>(word[i]))
        return false;
    return true;
  }
  bool isDigit(int64_t at) const { return at < length_ && chars_[at] >= '0' && chars_[at] <= '9'; }
  Value constant_py(const char *name) const { return krt_call1_py(options_->parseConstant, strFrom(name)); }
  Value number_py(int64_t at, int64_t *next);
  Value object_py(int64_t at, int64_t *next);
  Value array_py(int64_t at, int64_t *next);
  Value key_py(Value key);
  bool hex4(int64_t at, uint32_t *out) const;
};

template <typename C> bool Reader<C>::hex4(int64_t at, uint32_t *out) const {
  uint32_t result = 0;
  for (int64_t i = at; i < at + 4; i++) {
    uint32_t c = chars_[i], lower = c | 32;
    if (c - '0' < 10)
      result = result << 4 | (c - '0');
    else if (lower - 'a' < 6 && c < 128)
      result = result << 4 | (lower - 'a' + 10);
    else
      return false;
  }
  *out = result;
  return true;
}

template <typename C> Value Reader<C>::string_py(int64_t at, bool strict, int64_t *next) {
  int64_t begin = at - 1;
  auto scan = [&](int64_t from) {
    while (from < length_ && chars_[from] != '"' && chars_[from] != '\\' && (chars_[from] >= 32 || !strict))
      from++;
    return from;
  };
  int64_t stop = scan(at);
  if (stop < length_ && chars_[stop] == '"') {
    *next = stop + 1;
    return krt_str_substring(text_, at, stop);
  }
  StrBuilder out;
  for (;;) {
    if (stop > at)
      out.append(text_, at, stop);
    if (stop >= length_)
      return decodeError_py("Unterminated string starting at", text_, begin);
    uint32_t c = chars_[stop];
    if (c == '"')
      break;
    if (c != '\\')
      return decodeError_py("Invalid control character at", text_, stop);
    if (stop + 1 >= length_)
      return decodeError_py("Unterminated string starting at", text_, begin);
    c = chars_[stop + 1];
    at = stop + 2;
    switch (c) {
    case '"':
    case '\\':
    case '/':
      break;
    case 'b': c = '\b'; break;
    case 'f': c = '\f'; break;
    case 'n': c = '\n'; break;
    case 'r': c = '\r'; break;
    case 't': c = '\t'; break;
    case 'u': {
      if (at + 4 >= length_ || !hex4(at, &c))
        return decodeError_py("Invalid \\uXXXX escape", text_, at - 1);
      at += 4;
      if (c - 0xd800 < 0x400 && at + 6 < length_ && chars_[at] == '\\' && chars_[at + 1] == 'u') {
        uint32_t low;
        if (!hex4(at + 2, &low))
          return decodeError_py("Invalid \\uXXXX escape", text_, at + 1);
        if (low - 0xdc00 < 0x400) {
          c = 0x10000 + ((c - 0xd800) << 10 | (low - 0xdc00));
          at += 6;
        }
      }
      break;
    }
    default:
      return decodeError_py("Invalid \\escape", text_, stop);
    }
    out.append(c);
    stop = scan(at);
  }
  *next = stop + 1;
  return out.finish();
}

template <typename C> Value Reader<C>::key_py(Value key) {
  if (!keys_)
    keys_ = krt_dict_new();
  Value known = krt_dict_get_str(keys_, key.as<Str>());
  if (known)
    return known;
  krt_dict_set_str(keys_, key.as<Str>(), key);
  return key;
}

template <typename C> Value Reader<C>::object_py(int64_t at, int64_t *next) {
  Level level(" while decoding a JSON object from a unicode string");
  if (!level.fits())
    return {};
  bool pairs = options_->pairsHook != kNone;
  List *list = pairs ? krt_list_new(0) : nullptr;
  Dict *dict = pairs ? nullptr : krt_dict_new();
  skipSpace(&at);
  if (at < length_ && chars_[at] == '}') {
    at++;
  } else {
    for (;;) {
      if (at >= length_ || chars_[at] != '"')
        return decodeError_py("Expecting property name enclosed in double quotes", text_, at);
      Value key = TRY(key_py(TRY(string_py(at + 1, options_->isStrict, &at))));
      skipSpace(&at);
      if (at >= length_ || chars_[at] != ':')
        return decodeError_py("Expecting ':' delimiter", text_, at);
      at++;
      skipSpace(&at);
      Value value = TRY(value_py(at, &at));
      if (pairs) {
        Value both[2] = {key, value};
        krt_list_append(list, krt_tuple_from(both, 2));
      } else {
        krt_dict_set_str(dict, key.as<Str>(), value);
      }
      skipSpace(&at);
      if (at < length_ && chars_[at] == '}') {
        at++;
        break;
      }
      if (at >= length_ || chars_[at] != ',')
        return decodeError_py("Expecting ',' delimiter", text_, at);
      at++;
      skipSpace(&at);
    }
  }
  *next = at;
  if (pairs)
    return krt_call1_py(options_->pairsHook, list);
  return options_->objectHook == kNone ? Value(dict) : krt_call1_py(options_->objectHook, dict);
}

template <typename C> Value Reader<C>::array_py(int64_t at, int64_t *next) {
  Level level(" while decoding a JSON array from a unicode string");
  if (!level.fits())
    return {};
  List *list = krt_list_new(0);
  skipSpace(&at);
  if (at < length_ && chars_[at] == ']') {
    at++;
  } else {
    for (;;) {
      Value value = TRY(value_py(at, &at));
      krt_list_append(list, value);
      skipSpace(&at);
      if (at < length_ && chars_[at] == ']') {
        at++;
        break;
      }
      if (at >= length_ || chars_[at] != ',')
        return decodeError_py("Expecting ',' delimiter", text_, at);
      at++;
      skipSpace(&at);
    }
  }
  *next = at;
  return list;
}

template <typename C> Value Reader<C>::number_py(int64_t start, int64_t *next) {
  int64_t at = start;
  if (at < length_ && chars_[at] == '-')
    at++;
  if (!isDigit(at))
    return krt_raise_stop_iteration(smallInt(start));
  if (chars_[at] == '0')
    at++;
  else
    while (isDigit(at))
      at++;
  bool isFloat = false;
  if (at < length_ && chars_[at] == '.' && isDigit(at + 1)) {
    isFloat = true;
    at += 2;
    while (isDigit(at))
      at++;
  }
  if (at < length_ && (chars_[at] == 'e' || chars_[at] == 'E')) {
    int64_t exponent = at + 1;
    if (exponent < length_ && (chars_[exponent] == '+' || chars_[exponent] == '-'))
      exponent++;
    if (isDigit(exponent)) {
      isFloat = true;
      at = exponent;
      while (isDigit(at))
        at++;
    }
  }
  *next = at;
  Value custom = isFloat ? options_->parseFloat : options_->parseInt;
  if (custom != Value(isFloat ? &krt_float_class : &krt_int_class))
    return krt_call1_py(custom, TRY(krt_str_substring(text_, start, at)));
  if (!isFloat && at - start <= 18) {
    int64_t result = 0;
    for (int64_t i = start + (chars_[start] == '-'); i < at; i++)
      result = result * 10 + (chars_[i] - '0');
    return smallInt(chars_[start] == '-' ? -result : result);
  }
  constexpr int64_t kShort = 64;
  char few[kShort + 1];
  char *digits = at - start <= kShort ? few : static_cast<char *>(gcAllocateAtomic(static_cast<size_t>(at - start) + 1));
  for (int64_t i = start; i < at; i++)
    digits[i - start] = static_cast<char>(chars_[i]);
  digits[at - start] = 0;
  std::string_view all(digits, static_cast<size_t>(at - start));
  if (!isFloat)
    return intParse(all, 10, krt_str_from_latin1(reinterpret_cast<const uint8_t *>(digits), all.size()));
  double result;
  auto parsed = std::from_chars(digits, digits + all.size(), result);
  if (parsed.ec == std::errc::result_out_of_range)
    result = std::strtod(digits, nullptr);
  return floatBox(result);
}

template <typename C> Value Reader<C>::value_py(int64_t at, int64_t *next) {
  if (at >= length_)
    return krt_raise_stop_iteration(smallInt(at));
  auto word = [&](std::string_view text) {
    bool found = isWord(at, text);
    if (found)
      *next = at + static_cast<int64_t>(text.size());
    return found;
  };
  switch (chars_[at]) {
  case '"':
    return string_py(at + 1, options_->isStrict, next);
  case '{':
    return object_py(at + 1, next);
  case '[':
    return array_py(at + 1, next);
  case 'n':
    if (word("null"))
      return kNone;
    break;
  case 't':
    if (word("true"))
      return kTrue;
    break;
  case 'f':
    if (word("false"))
      return kFalse;
    break;
  case 'N':
    if (word("NaN"))
      return constant_py("NaN");
    break;
  case 'I':
    if (word("Infinity"))
      return constant_py("Infinity");
    break;
  case '-':
    if (word("-Infinity"))
      return constant_py("-Infinity");
    break;
  default:
    break;
  }
  return number_py(at, next);
}

} // namespace

Value krt__json_scanstring_py(Value string, int64_t end, bool strict) {
  if (!strCheck(string))
    return krt_raise(kTypeError, "first argument must be a string, not %.80T", string);
  auto *text = string.as<Str>();
  if (end < 0 || end > text->length())
    return krt_raise(kValueError, "end is out of bounds");
  return withChars(text, [&](auto *chars) -> Value {
    int64_t next = 0;
    Value result = TRY((Reader<std::remove_const_t<std::remove_pointer_t<decltype(chars)>>>(text, chars, nullptr).string_py(end, strict, &next)));
    Value both[2] = {result, smallInt(next)};
    return krt_tuple_from(both, 2);
  });
}

Value krt_json_scanner_create_py(Class *cls, Value context) {
  auto *scanner = static_cast<JsonScanner *>(krt_instance_new(cls, 0));
  scanner->strict = TRY(krt_getattr_py(context, KSTR(strict)));
  scanner->isStrict = TRY_INT(krt_truth_py(scanner->strict));
  scanner->objectHook = TRY(krt_getattr_py(context, KSTR(object_hook)));
  scanner->pairsHook = TRY(krt_getattr_py(context, KSTR(object_pairs_hook)));
  scanner->parseFloat = TRY(krt_getattr_py(context, KSTR(parse_float)));
  scanner->parseInt = TRY(krt_getattr_py(context, KSTR(parse_int)));
  scanner->parseConstant = TRY(krt_getattr_py(context, KSTR(parse_constant)));
  return scanner;
}

/// Sorts the two arguments of a call; false with TypeError pending.
static bool twoArguments(const char *name, const Class *cls, const ParamInfo *params, const Value *args, size_t nargs, Tuple *kwnames,
                         Value *out) {
  if (nargs == 2 && !kwnames) {
    out[0] = args[0];
    out[1] = args[1];
    return true;
  }
  SignatureInfo info{};
  info.name = name;
  info.owner = "_json";
  info.cls = cls;
  info.kind = NativeKind::Function;
  info.positional = info.required = info.total = 2;
  info.params = params;
  return krt_args_parse(&info, args, nargs, kwnames, out, nullptr, nullptr);
}

static Value scannerCall_py(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  static const ParamInfo kParams[] = {{"string", true, false}, {"idx", true, false}};
  Value given[2];
  int64_t at;
  if (!twoArguments("scan_once", &krt_json_scanner_class, kParams, args, nargs, kwnames, given) || !krt_arg_int64_py(given[1], &at))
    return {};
  if (!strCheck(given[0]))
    return krt_raise(kTypeError, "first argument must be a string, not %.80T", given[0]);
  if (at < 0)
    return krt_raise(kValueError, "idx cannot be negative");
  auto *text = given[0].as<Str>();
  return withChars(text, [&](auto *chars) -> Value {
    int64_t next = 0;
    Reader<std::remove_const_t<std::remove_pointer_t<decltype(chars)>>> reader(text, chars, callee.as<JsonScanner>());
    Value both[2] = {TRY(reader.value_py(at, &next)), Value()};
    both[1] = smallInt(next);
    return krt_tuple_from(both, 2);
  });
}

Value krt_json_scanner_strict(Value self) { return self.as<JsonScanner>()->strict; }
Value krt_json_scanner_objectHook(Value self) { return self.as<JsonScanner>()->objectHook; }
Value krt_json_scanner_pairsHook(Value self) { return self.as<JsonScanner>()->pairsHook; }
Value krt_json_scanner_parseFloat(Value self) { return self.as<JsonScanner>()->parseFloat; }
Value krt_json_scanner_parseInt(Value self) { return self.as<JsonScanner>()->parseInt; }
Value krt_json_scanner_parseConstant(Value self) { return self.as<JsonScanner>()->parseConstant; }

// ---- Writing ------------------------------------------------------------------------------------------------------

static void appendHex(StrBuilder *out, uint32_t unit) {
  char text[8] = {'\\', 'u'};
  for (int i = 0; i < 4; i++)
    text[2 + i] = "0123456789abcdef"[unit >> (12 - 4 * i) & 15];
  out->append(std::string_view(text, 6));
}

/// Appends [text] in quotes; with [ascii] everything above '~' is escaped.
static void appendString(StrBuilder *out, Str *text, bool ascii) {
  out->append(uint32_t{'"'});
  withChars(text, [&](auto *chars) {
    int64_t length = text->length(), done = 0;
    for (int64_t i = 0; i < length; i++) {
      uint32_t c = chars[i];
      if (c >= 32 && c != '"' && c != '\\' && (c < 127 || !ascii))
        continue;
      if (i > done)
        out->append(text, done, i);
      done = i + 1;
      const char *known = c == '"' ? "\\\"" : c == '\\' ? "\\\\" : c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\t' ? "\\t"
                        : c == '\f' ? "\\f" : c == '\b' ? "\\b" : nullptr;
      if (known) {
        out->append(std::string_view(known));
      } else if (c >= 0x10000) {
        appendHex(out, 0xd800 + ((c - 0x10000) >> 10));
        appendHex(out, 0xdc00 + (c & 0x3ff));
      } else {
        appendHex(out, c);
      }
    }
    if (length > done)
      out->append(text, done, length);
  });
  out->append(uint32_t{'"'});
}

static Value encodeAlone(Value string, bool ascii) {
  if (!strCheck(string))
    return krt_raise(kTypeError, "first argument must be a string, not %.80T", string);
  StrBuilder out;
  appendString(&out, string.as<Str>(), ascii);
  return out.finish();
}
Value krt__json_encodeAscii(Value string) { return encodeAlone(string, true); }
Value krt__json_encode(Value string) { return encodeAlone(string, false); }

namespace {

enum class StringForm { Ascii, Plain, Custom };

/// All methods: false with an exception pending.
class Writer {
public:
  explicit Writer(const JsonEncoder *options) : options_(options), form_(formOf(options->encoder)) {}
  bool value_py(Value value);
  Str *finish() { return out_.finish(); }

private:
  const JsonEncoder *options_;
  StringForm form_;
  StrBuilder out_;
  GcVector<Value> open_; // containers being written

  static StringForm formOf(Value encoder);
  bool string_py(Str *text);
  bool number(Value value);
  bool list_py(Value list);
  bool dict_py(Value dict);
  bool other_py(Value value);
  bool pair_py(Value key, Value value, bool *first);
  bool enter(Value container) {
    if (options_->markers != kNone)
      for (Value outer : open_)
        if (outer == container)
          return krt_raise(kValueError, "Circular reference detected"), false;
    open_.push(container);
    return true;
  }
  bool constant(Value value) {
    out_.append(std::string_view(value == kNone ? "null" : value == kTrue ? "true" : "false"));
    return true;
  }
};

StringForm Writer::formOf(Value encoder) {
  if (!isExact(encoder, krt_native_function_class))
    return StringForm::Custom;
  const NativeDef *def = encoder.as<NativeFunction>()->def;
  for (const NativeDef *own = krt__json_defs; own->name; own++)
    if (own == def) {
      std::string_view name(def->name);
      return name == "encode_basestring_ascii" ? StringForm::Ascii : name == "encode_basestring" ? StringForm::Plain : StringForm::Custom;
    }
  return StringForm::Custom;
}

bool Writer::string_py(Str *text) {
  if (form_ != StringForm::Custom) {
    appendString(&out_, text, form_ == StringForm::Ascii);
    return true;
  }
  Value encoded = krt_call1_py(options_->encoder, text);
  if (!encoded)
    return false;
  if (!strCheck(encoded))
    return krt_raise(kTypeError, "encoder() must return a string, not %.80T", encoded), false;
  out_.append(encoded.as<Str>());
  return true;
}

/// Ints and floats, of subclasses too, as the base class shows them.
bool Writer::number(Value value) {
  if (floatCheck(value)) {
    double d = floatValue(value);
    if (!std::isfinite(d)) {
      if (!options_->allowNan)
        return krt_raise(kValueError, "Out of range float values are not JSON compliant"), false;
      out_.append(std::string_view(std::isnan(d) ? "NaN" : d > 0 ? "Infinity" : "-Infinity"));
      return true;
    }
    Str *text = krt_float_repr(d);
    if (text)
      out_.append(text);
    return text;
  }
  Value plain = krt_int_plain(value);
  if (plain.isInt()) {
    char digits[24];
    auto written = std::to_chars(digits, digits + sizeof digits, plain.asInt());
    out_.append(std::string_view(digits, static_cast<size_t>(written.ptr - digits)));
    return true;
  }
  Str *text = krt_int_to_str(plain, 10);
  if (text)
    out_.append(text);
  return text;
}

bool Writer::list_py(Value list) {
  auto length = [&] { return hasClassFlag(list, kClassListSub) ? list.as<List>()->length : list.as<Tuple>()->length; };
  auto item = [&](int64_t i) { return hasClassFlag(list, kClassListSub) ? list.as<List>()->items[i] : list.as<Tuple>()->items[i]; };
  if (length() == 0) {
    out_.append(std::string_view("[]"));
    return true;
  }
  if (!enter(list))
    return false;
  out_.append(uint32_t{'['});
  for (int64_t i = 0; i < length(); i++) {
    if (i)
      out_.append(options_->itemSeparator);
    if (!value_py(item(i)))
      return false;
  }
  out_.append(uint32_t{']'});
  open_.pop();
  return true;
}

bool Writer::pair_py(Value key, Value value, bool *first) {
  bool isText = strCheck(key), isConstant = key == kNone || isBool(key), isNumber = !isText && !isConstant && (floatCheck(key) || krt_int_check(key));
  if (!isText && !isConstant && !isNumber) {
    if (options_->skips)
      return true;
    return krt_raise(kTypeError, "keys must be str, int, float, bool or None, not %.100T", key), false;
  }
  if (!*first)
    out_.append(options_->itemSeparator);
  *first = false;
  if (isText) {
    if (!string_py(key.as<Str>()))
      return false;
  } else if (form_ != StringForm::Custom) {
    out_.append(uint32_t{'"'});
    if (!(isConstant ? constant(key) : number(key)))
      return false;
    out_.append(uint32_t{'"'});
  } else {
    Writer alone(options_);
    if (!(isConstant ? alone.constant(key) : alone.number(key)) || !string_py(alone.finish()))
      return false;
  }
  out_.append(options_->keySeparator);
  return value_py(value);
}

bool Writer::dict_py(Value dict) {
  if (dict.as<Dict>()->used == 0) {
    out_.append(std::string_view("{}"));
    return true;
  }
  if (!enter(dict))
    return false;
  out_.append(uint32_t{'{'});
  bool first = true;
  if (isExact(dict, krt_dict_class) && !options_->sorts) {
    uint32_t position = 0;
    while (DictEntry *entry = krt_dict_next(dict.as<Dict>(), &position))
      if (!pair_py(entry->key, entry->value, &first))
        return false;
  } else {
    Value view = krt_call_method_py(dict, KSTR(items), nullptr, 0);
    List *items = view ? krt_list_from_py(view) : nullptr;
    if (!items || (options_->sorts && krt_list_sort_py(items, kNone, false) < 0))
      return false;
    for (int64_t i = 0; i < items->length; i++) {
      Value item = items->items[i];
      if (!hasClassFlag(item, kClassTupleSub) || item.as<Tuple>()->length != 2)
        return krt_raise(kValueError, "items must return 2-tuples"), false;
      if (!pair_py(item.as<Tuple>()->items[0], item.as<Tuple>()->items[1], &first))
        return false;
    }
  }
  out_.append(uint32_t{'}'});
  open_.pop();
  return true;
}

bool Writer::other_py(Value value) {
  if (!enter(value))
    return false;
  Value replacement = krt_call1_py(options_->fallback, value);
  if (!replacement || !value_py(replacement))
    return false;
  open_.pop();
  return true;
}

bool Writer::value_py(Value value) {
  if (value == kNone || isBool(value))
    return constant(value);
  if (strCheck(value))
    return string_py(value.as<Str>());
  if (floatCheck(value) || krt_int_check(value))
    return number(value);
  Level level(" while encoding a JSON object");
  if (!level.fits())
    return false;
  if (hasClassFlag(value, kClassListSub) || hasClassFlag(value, kClassTupleSub))
    return list_py(value);
  if (hasClassFlag(value, kClassDictSub))
    return dict_py(value);
  return other_py(value);
}

} // namespace

Value krt_json_encoder_create_py(Class *cls, Value markers, Value fallback, Value encoder, Value indent, Str *keySeparator,
                                 Str *itemSeparator, Value sortKeys, Value skipKeys, bool allowNan) {
  if (markers != kNone && !hasClassFlag(markers, kClassDictSub))
    return krt_raise(kTypeError, "make_encoder() argument 1 must be dict or None, not %.200T", markers);
  auto *made = static_cast<JsonEncoder *>(krt_instance_new(cls, 0));
  made->markers = markers;
  made->fallback = fallback;
  made->encoder = encoder;
  made->indent = indent;
  made->keySeparator = keySeparator;
  made->itemSeparator = itemSeparator;
  made->sortKeys = sortKeys;
  made->skipKeys = skipKeys;
  made->sorts = TRY_INT(krt_truth_py(sortKeys));
  made->skips = TRY_INT(krt_truth_py(skipKeys));
  made->allowNan = allowNan;
  return made;
}

static Value encoderCall_py(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  static const ParamInfo kParams[] = {{"obj", true, false}, {"_current_indent_level", true, false}};
  Value given[2];
  if (!twoArguments("_iterencode", &krt_json_encoder_class, kParams, args, nargs, kwnames, given))
    return {};
  Writer writer(callee.as<JsonEncoder>());
  if (!writer.value_py(given[0]))
    return {};
  Value text = writer.finish();
  return krt_list_from(&text, 1);
}

Value krt_json_encoder_markers(Value self) { return self.as<JsonEncoder>()->markers; }
Value krt_json_encoder_default(Value self) { return self.as<JsonEncoder>()->fallback; }
Value krt_json_encoder_encoder(Value self) { return self.as<JsonEncoder>()->encoder; }
Value krt_json_encoder_indent(Value self) { return self.as<JsonEncoder>()->indent; }
Value krt_json_encoder_keySeparator(Value self) { return self.as<JsonEncoder>()->keySeparator; }
Value krt_json_encoder_itemSeparator(Value self) { return self.as<JsonEncoder>()->itemSeparator; }
Value krt_json_encoder_sortKeys(Value self) { return self.as<JsonEncoder>()->sortKeys; }
Value krt_json_encoder_skipKeys(Value self) { return self.as<JsonEncoder>()->skipKeys; }

// ---- Classes, module --------------------------------------------------------------------------------------------------

constinit Class krt_json_scanner_class = {
    .flags = kClassBase,
    .nativeName = "_json.Scanner",
    .basicSize = sizeof(JsonScanner),
    .slots = {.call = scannerCall_py, .make = krt_json_scanner_make},
    .methods = krt_json_scanner_defs,
    .doc = "A reader of JSON; scanner(string, index) gives a value and where it ended.",
    .newSignature = krt_json_scanner_new_signature,
};
constinit Class krt_json_encoder_class = {
    .flags = kClassBase,
    .nativeName = "_json.Encoder",
    .basicSize = sizeof(JsonEncoder),
    .slots = {.call = encoderCall_py, .make = krt_json_encoder_make},
    .methods = krt_json_encoder_defs,
    .doc = "A writer of JSON; encoder(object, 0) gives a list of texts.",
    .newSignature = krt_json_encoder_new_signature,
};

bool krt__json_init(Module *module) {
  krt_class_ready(&krt_json_scanner_class);
  krt_class_ready(&krt_json_encoder_class);
  krt_dict_set_str(module->dict, KSTR(make_scanner), Value(&krt_json_scanner_class));
  krt_dict_set_str(module->dict, KSTR(make_encoder), Value(&krt_json_encoder_class));
  return true;
}

} // namespace krait
