// abigen_glue.cpp - calls the generated entries of abigen_sample.h: conversions, defaults, and the texts of errors,
// which are those CPython 3.11 gives for functions of the same signature.
#include <vector>

#include "test/unit/abigen_fakes.h"

#include "test/unit/abigen_sample.bind.inc"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

namespace krait {

namespace {
std::string last; // what the sample function was called with

std::string show(Value v) {
  if (!v)
    return "<null>";
  if (v == kNone)
    return "None";
  if (isBool(v))
    return v == kTrue ? "True" : "False";
  if (v.isInt())
    return std::to_string(v.asInt());
  if (v.isImmediateFloat()) {
    std::ostringstream text;
    text << v.asImmediateFloat();
    return text.str();
  }
  if (classOf(v) == &krt_str_class)
    return "'" + fakeText(v.as<Str>()) + "'";
  return classOf(v)->nativeName;
}

Value number(double d) { return krt_result_double(d); }
Value text(const char *chars) { return Value(fakeStr(chars)); }
Value list() { return Value(fakeObject<List>(krt_list_class)); }

using Keywords = std::vector<std::pair<const char *, Value>>;

/// Calls by name in a table; gives the result, or "Type message".
std::string call(const NativeDef *defs, const std::string &name, std::vector<Value> args, const Keywords &keywords = {}) {
  size_t nargs = args.size();
  std::vector<Value> names;
  for (const auto &[key, value] : keywords) {
    names.push_back(text(key));
    args.push_back(value);
  }
  args.push_back(kEllipsis); // nothing may be read behind the last
  fakeMessage.clear();
  last.clear();
  krt_thread.pending = Value();
  while (name != defs->name)
    ++defs;
  Value result = defs->entry(Value(), args.data(), nargs, keywords.empty() ? nullptr : fakeTuple(names));
  EXPECT_EQ(result.isNull(), !fakeMessage.empty()) << fakeMessage;
  return result ? show(result) : fakeMessage;
}
std::string function(const std::string &name, std::vector<Value> args, const Keywords &keywords = {}) {
  return call(krt_sample_defs, name, std::move(args), keywords);
}
std::string method(const std::string &name, std::vector<Value> args, const Keywords &keywords = {}) {
  return call(krt_list_defs, name, std::move(args), keywords);
}
const Value kOne = smallInt(1), kTwo = smallInt(2);
} // namespace

extern "C" {
bool krt_sample_init(Module *) { return true; }
double krt_sample_sqrt(double x) {
  if (x < 0)
    krt_raise(&krt_TypeError_class, "math domain error");
  return std::sqrt(x);
}
void krt_sample_nothing() {}
Value krt_sample_power_py(Value base, Value exp, Value mod) {
  last = show(base) + " " + show(exp) + " " + show(mod);
  return kTrue;
}
double krt_sample_clip(double x, int64_t low, double high) { return x + static_cast<double>(low) * 10 + high * 100; }
int64_t krt_sample_show(ArgSpan args, Str *sep, bool flush) {
  for (size_t i = 0; i < args.size; ++i)
    last += show(args.data[i]) + " ";
  last += (sep ? fakeText(sep) : "null") + (flush ? " flush" : "");
  return static_cast<int64_t>(args.size);
}
Tuple *krt_sample_gather(Value first, Value second, ArgSpan rest, Value key, Dict *others) {
  last = show(first) + " " + show(second) + " " + std::to_string(rest.size) + " " + show(key) + " " +
         std::to_string(others ? others->used : 0);
  return fakeTuple({});
}
Value krt_sample_encode(Str *text, Str *encoding, Str *errors) {
  last = fakeText(text) + " " + (encoding ? fakeText(encoding) : "null") + " " + (errors ? fakeText(errors) : "null");
  return kNone;
}
int32_t krt_sample_two(int32_t a, int b) { return a - b; }
Value krt_sample_total(Value iterable, Value start) {
  last = show(iterable) + " " + show(start);
  return kNone;
}
Value krt_sample_prod(Value, Value) { return kNone; }
bool krt_sample_close(double a, double b, double tolerance) { return std::fabs(a - b) <= tolerance; }
void krt_list_sample_append(List *self, Value) { ++self->length; }
int64_t krt_list_sample_count(List *, Value, Value) { return 0; }
void krt_list_sample_clear(List *self) { self->length = 0; }
Value krt_list_sample_pop(List *, int64_t index) { return smallInt(index); }
int krt_list_sample_has(List *, Value value) { return value == kNone ? raiseInt(&krt_TypeError_class, "odd") : value == kOne; }
int64_t krt_list_sample_len(List *self) { return self->length; }
Value krt_list_sample_fromkeys(Class *cls, Value iterable, Value value) {
  last = std::string(cls->nativeName) + " " + show(iterable) + " " + show(value);
  return kNone;
}
Value krt_list_sample_maketrans(Value, Value, Str *) { return kNone; }
int64_t krt_list_sample_getSize(List *self) { return self->length; }
int krt_list_sample_setSize(List *self, Value value) {
  if (!value)
    return raiseInt(&krt_TypeError_class, "cannot delete");
  self->length = value.asInt();
  return 0;
}
Value krt_list_sample_new(Class *cls, Value iterable) {
  last = std::string(cls->nativeName) + " " + show(iterable);
  return kNone;
}
int krt_list_sample_init(List *self, Value iterable, int64_t size) {
  last = show(Value(self)) + " " + show(iterable);
  return size < 0 ? raiseInt(&krt_TypeError_class, "negative") : 0;
}
int64_t krt_sample_twice(int64_t x) { return 2 * x; }
Value krt_list_sample_peekFast(const List *, uint64_t) { return Value(); }
}

TEST(AbigenGlue, ConvertsAndReturns) {
  EXPECT_EQ(function("sqrt", {number(2.25)}), "1.5");
  EXPECT_EQ(function("sqrt", {smallInt(9)}), "3");
  EXPECT_EQ(function("sqrt", {smallInt(-9)}), "TypeError math domain error");
  EXPECT_EQ(function("sqrt", {text("a")}), "TypeError must be real number, not str");
  EXPECT_EQ(function("nothing", {}), "None");
  EXPECT_EQ(function("two", {smallInt(7), kTwo}), "5");
  EXPECT_EQ(function("two", {kOne, smallInt(int64_t{1} << 40)}), "OverflowError Python int too large to convert to C int");
  EXPECT_EQ(function("two", {kOne, number(1.5)}), "TypeError 'float' object cannot be interpreted as an integer");
  EXPECT_EQ(function("close", {kOne, number(1.25)}), "False");
  EXPECT_EQ(function("close", {kOne, number(1.25)}, {{"tolerance", number(0.5)}}), "True");
}

TEST(AbigenGlue, Defaults) {
  EXPECT_EQ(function("clip", {number(0.5)}), "-149.5");
  EXPECT_EQ(function("clip", {number(0.5), kTwo}), "-129.5");
  EXPECT_EQ(function("clip", {number(0.5), kTwo, kOne}), "120.5");
  function("power", {kOne, kTwo});
  EXPECT_EQ(last, "1 2 None");
  function("power", {kOne}, {{"mod", smallInt(5)}, {"exp", smallInt(3)}});
  EXPECT_EQ(last, "1 3 5");
  function("total", {kNone});
  EXPECT_EQ(last, "None 0");
  function("encode", {text("t")});
  EXPECT_EQ(last, "t null null");
  function("encode", {text("t"), text("e"), kNone});
  EXPECT_EQ(last, "t e null");
  function("encode", {text("t")}, {{"errors", text("x")}});
  EXPECT_EQ(last, "t null x");
}

TEST(AbigenGlue, Collects) {
  EXPECT_EQ(function("show", {}), "0");
  EXPECT_EQ(last, "null");
  EXPECT_EQ(function("show", {kOne, kTwo, kNone}), "3");
  EXPECT_EQ(last, "1 2 None null");
  EXPECT_EQ(function("show", {kOne}, {{"flush", kTrue}, {"sep", text("-")}}), "1");
  EXPECT_EQ(last, "1 - flush");
  EXPECT_EQ(function("show", {kOne}, {{"end", kTrue}}), "TypeError 'end' is an invalid keyword argument for show()");
  EXPECT_EQ(function("gather", {kOne}, {{"key", kTwo}}), "tuple");
  EXPECT_EQ(last, "1 <null> 0 2 0");
  function("gather", {kOne, kTwo, kNone, kNone}, {{"x", kTwo}, {"key", kOne}, {"first", kTwo}});
  EXPECT_EQ(last, "1 2 2 1 2");
  EXPECT_EQ(function("gather", {kOne}), "TypeError gather() missing required argument 'key' (pos 3)");
  EXPECT_EQ(function("gather", {kOne, kTwo}, {{"key", kOne}, {"second", kOne}}),
            "TypeError argument for gather() given by name ('second') and position (2)");
}

TEST(AbigenGlue, CountErrorsOfPositionalOnly) {
  EXPECT_EQ(function("sqrt", {}), "TypeError sample.sqrt() takes exactly one argument (0 given)");
  EXPECT_EQ(function("sqrt", {kOne, kTwo}), "TypeError sample.sqrt() takes exactly one argument (2 given)");
  EXPECT_EQ(function("sqrt", {}, {{"x", kOne}}), "TypeError sample.sqrt() takes no keyword arguments");
  EXPECT_EQ(function("nothing", {kOne}), "TypeError sample.nothing() takes no arguments (1 given)");
  EXPECT_EQ(function("two", {kOne}), "TypeError two expected 2 arguments, got 1");
  EXPECT_EQ(function("clip", {}), "TypeError clip expected at least 1 argument, got 0");
  EXPECT_EQ(function("clip", {kOne, kOne, kOne, kOne}), "TypeError clip expected at most 3 arguments, got 4");
}

TEST(AbigenGlue, CountErrorsWithKeywords) {
  EXPECT_EQ(function("power", {}), "TypeError power() missing required argument 'base' (pos 1)");
  EXPECT_EQ(function("power", {kOne}), "TypeError power() missing required argument 'exp' (pos 2)");
  EXPECT_EQ(function("power", {kOne, kOne, kOne, kOne}), "TypeError power() takes at most 3 arguments (4 given)");
  EXPECT_EQ(function("power", {}, {{"a", kOne}, {"b", kOne}, {"c", kOne}, {"d", kOne}}),
            "TypeError power() takes at most 3 keyword arguments (4 given)");
  EXPECT_EQ(function("power", {kOne}, {{"x", kTwo}}), "TypeError power() missing required argument 'exp' (pos 2)");
  EXPECT_EQ(function("power", {kOne}, {{"base", kTwo}}), "TypeError power() missing required argument 'exp' (pos 2)");
  EXPECT_EQ(function("power", {kOne, kTwo}, {{"y", kTwo}}), "TypeError 'y' is an invalid keyword argument for power()");
  EXPECT_EQ(function("power", {kOne, kTwo}, {{"base", kTwo}}), "TypeError argument for power() given by name ('base') and position (1)");
  EXPECT_EQ(function("total", {}), "TypeError total() takes at least 1 positional argument (0 given)");
  EXPECT_EQ(function("total", {}, {{"start", kOne}}), "TypeError total() takes at least 1 positional argument (0 given)");
  EXPECT_EQ(function("prod", {}), "TypeError prod() takes exactly 1 positional argument (0 given)");
  EXPECT_EQ(function("prod", {}, {{"start", kOne}}), "TypeError prod() takes exactly 1 positional argument (0 given)");
  EXPECT_EQ(function("prod", {kOne, kTwo}), "TypeError prod() takes exactly 1 positional argument (2 given)");
  EXPECT_EQ(function("prod", {kOne, kOne, kOne}), "TypeError prod() takes at most 2 arguments (3 given)");
  EXPECT_EQ(function("close", {kOne}), "TypeError close() missing required argument 'b' (pos 2)");
  EXPECT_EQ(function("close", {kOne, kTwo, kOne}), "TypeError close() takes exactly 2 positional arguments (3 given)");
}

TEST(AbigenGlue, TypeErrorsOfObjects) {
  EXPECT_EQ(function("encode", {kOne}), "TypeError encode() argument 'text' must be str, not int");
  EXPECT_EQ(function("encode", {kNone}), "TypeError encode() argument 'text' must be str, not None");
  EXPECT_EQ(function("encode", {text("t")}, {{"errors", kOne}}), "TypeError encode() argument 'errors' must be str or None, not int");
  EXPECT_EQ(method("maketrans", {kOne, kOne, kOne}), "TypeError maketrans() argument 3 must be str, not int");
}

TEST(AbigenGlue, Methods) {
  Value self = list();
  EXPECT_EQ(method("append", {self, kOne}), "None");
  EXPECT_EQ(method("push", {self, kOne}), "None");
  EXPECT_EQ(method("__len__", {self}), "2");
  EXPECT_EQ(method("pop", {self}), "-1");
  EXPECT_EQ(method("pop", {self, kTwo}), "2");
  EXPECT_EQ(method("has", {self, kOne}), "True");
  EXPECT_EQ(method("has", {self, kTwo}), "False");
  EXPECT_EQ(method("has", {self, kNone}), "TypeError odd");
  EXPECT_EQ(method("append", {}), "TypeError unbound method list.append() needs an argument");
  EXPECT_EQ(method("append", {kOne}), "TypeError descriptor 'append' for 'list' objects doesn't apply to a 'int' object");
  EXPECT_EQ(method("append", {self}), "TypeError list.append() takes exactly one argument (0 given)");
  EXPECT_EQ(method("append", {self}, {{"object", kOne}}), "TypeError list.append() takes no keyword arguments");
  EXPECT_EQ(method("pop", {self, kOne, kTwo}), "TypeError pop expected at most 1 argument, got 2");
  EXPECT_EQ(method("count", {self}), "TypeError count() takes at least 1 argument (0 given)");
  EXPECT_EQ(method("count", {self, kOne, kOne, kOne}), "TypeError count() takes at most 2 arguments (3 given)");
  EXPECT_EQ(method("clear", {self, kOne}), "TypeError list.clear() takes no arguments (1 given)");
}

TEST(AbigenGlue, SlotsClassMethodsAttributes) {
  Value self = list();
  EXPECT_EQ(method("__len__", {self, kOne}), "TypeError expected 0 arguments, got 1");
  EXPECT_EQ(method("__len__", {self}, {{"x", kOne}}), "TypeError wrapper __len__() takes no keyword arguments");
  EXPECT_EQ(method("__len__", {}), "TypeError descriptor '__len__' of 'list' object needs an argument");
  EXPECT_EQ(method("__len__", {kOne}), "TypeError descriptor '__len__' requires a 'list' object but received a 'int'");
  method("fromkeys", {Value(&krt_list_class), kOne});
  EXPECT_EQ(last, "list 1 None");
  EXPECT_EQ(method("fromkeys", {Value(&krt_list_class)}), "TypeError fromkeys expected at least 1 argument, got 0");
  const NativeDef *size = krt_list_defs;
  while (std::string(size->name) != "size")
    ++size;
  ASSERT_TRUE(size->setEntry);
  Value args[] = {self, smallInt(4)};
  EXPECT_EQ(size->setEntry(Value(), args, 2, nullptr), kNone);
  EXPECT_EQ(method("size", {self}), "4");
  args[1] = Value();
  EXPECT_TRUE(size->setEntry(Value(), args, 2, nullptr).isNull());
  krt_list_make(&krt_list_class, nullptr, 0, nullptr);
  EXPECT_EQ(last, "list <null>");
  Value two[] = {kOne, kTwo};
  EXPECT_TRUE(krt_list_make(&krt_list_class, two, 2, nullptr).isNull());
  EXPECT_EQ(fakeMessage, "TypeError list expected at most 1 argument, got 2");
}

TEST(AbigenGlue, Initialisers) {
  Value self = list();
  EXPECT_EQ(krt_list_init(self, nullptr, 0, nullptr), 0);
  EXPECT_EQ(last, "list <null>");
  Value args[] = {kOne, smallInt(-1)};
  EXPECT_EQ(krt_list_init(self, args, 1, fakeTuple({text("size")})), -1);
  EXPECT_EQ(fakeMessage, "TypeError negative");
  EXPECT_EQ(krt_list_init(self, args, 2, nullptr), -1);
  EXPECT_EQ(fakeMessage, "TypeError list() takes at most 1 positional argument (2 given)");
  args[1] = kNone;
  EXPECT_EQ(krt_list_init(self, args, 1, fakeTuple({text("size")})), -1);
  EXPECT_EQ(fakeMessage, "TypeError 'NoneType' object cannot be interpreted as an integer");
}

TEST(AbigenGlue, ConstructorsOfSubclassesWithTheirOwnInitialiserIgnoreKeywords) {
  Value args[] = {kOne, kTwo};
  Tuple *names = fakeTuple({text("x")});
  EXPECT_TRUE(krt_list_make(&krt_list_class, args, 1, names).isNull());
  EXPECT_EQ(fakeMessage, "TypeError list() takes no keyword arguments");
  Class derived{};
  FakeClass fake(derived, "Derived");
  EXPECT_TRUE(krt_list_make(&derived, args, 1, names).isNull());
  derived.slots.init = krt_list_init;
  EXPECT_EQ(krt_list_make(&derived, args, 1, names), kNone);
  EXPECT_EQ(last, "Derived 1");
}

TEST(AbigenGlue, FunctionsOfAModuleNamedElsewhere) {
  EXPECT_EQ(call(krt_builtins_abigen_sample_defs, "twice", {smallInt(21)}), "42");
  EXPECT_EQ(call(krt_builtins_abigen_sample_defs, "twice", {}), "TypeError twice() takes exactly one argument (0 given)");
}

TEST(AbigenGlue, SubclassesAreInstances) {
  Class derived{};
  FakeClass fake(derived, "Derived");
  derived.base = &krt_list_class;
  EXPECT_EQ(method("__len__", {Value(fakeObject<List>(derived))}), "0");
}

TEST(AbigenGlue, Descriptions) {
  EXPECT_STREQ(krt_list_new_signature, "(iterable=(), /)");
  EXPECT_STREQ(krt_list_doc, "Built-in \"mutable\" sequence.");
  EXPECT_STREQ(krt_sample_module.name, "sample");
  EXPECT_EQ(krt_sample_module.init, &krt_sample_init);
  EXPECT_STREQ(krt_sample_defs[0].doc, "Return the square root of x.\n\nSecond paragraph.");
  EXPECT_STREQ(krt_sample_defs[0].textSignature, "($module, x, /)");
  EXPECT_EQ(krt_sample_defs[0].effects, kEffectRaises | kEffectPure);
  EXPECT_STREQ(krt_sample_defs[0].typedKind, "d(d)");
}

} // namespace krait
