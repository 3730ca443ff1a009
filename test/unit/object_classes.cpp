// Unit tests of runtime/object: classes, shapes, slots, attributes, exceptions. They run without the interpreter.
#include "runtime/gc/gc.h"
#include "runtime/object/cells.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/descriptors.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/object/str.h"
#include "runtime/object/union.h"

#include <gtest/gtest.h>

using namespace krait;

namespace {

class ObjectTest : public testing::Test {
protected:
  static void SetUpTestSuite() {
    static bool started = false;
    if (!started) {
      krt_gc_start();
      krt_object_start();
      started = true;
    }
  }
  void TearDown() override { krt_error_clear(); }
};

std::string text(Value v) {
  Str *s = v ? krt_str_of_py(v) : nullptr;
  return s ? std::string(strView(s)) : "<error>";
}
std::string repr(Value v) {
  Str *s = v ? krt_repr_py(v) : nullptr;
  return s ? std::string(strView(s)) : "<error>";
}
std::string pending() {
  Value e = krt_error_take();
  return e ? krt_class_name(classOf(e)) + std::string(": ") + text(e) : "none";
}
Class *makeClass(const char *name, std::initializer_list<Class *> bases, Dict *ns = nullptr) {
  GcVector<Value> items;
  for (Class *b : bases)
    items.push(b);
  return reinterpret_cast<Class *>(krt_class_make_py(&krt_type_class, strIntern(name), krt_tuple_from(items.data(), items.size()),
                                                     ns ? ns : krt_dict_new(), nullptr, nullptr)
                                       .bits);
}

TEST_F(ObjectTest, NativeClassesAreReady) {
  EXPECT_EQ(repr(&krt_int_class), "<class 'int'>");
  EXPECT_EQ(repr(krt_getattr_py(&krt_bool_class, KSTR(__mro__))), "(<class 'bool'>, <class 'int'>, <class 'object'>)");
  EXPECT_EQ(repr(krt_getattr_py(&krt_int_class, KSTR(__add__))), "<slot wrapper '__add__' of 'int' objects>");
  EXPECT_EQ(repr(krt_getattr_py(kKeyError, KSTR(__mro__))),
            "(<class 'KeyError'>, <class 'LookupError'>, <class 'Exception'>, <class 'BaseException'>, <class 'object'>)");
  EXPECT_EQ(repr(krt_getattr_py(&krt_list_class, KSTR(__hash__))), "None");
}

TEST_F(ObjectTest, SlotWrappersCall) {
  Value add = krt_getattr_py(smallInt(20), KSTR(__add__));
  EXPECT_EQ(repr(krt_call1_py(add, smallInt(22))), "42");
  Value rsub = krt_getattr_py(&krt_int_class, KSTR(__rsub__));
  EXPECT_EQ(repr(krt_call2_py(rsub, smallInt(1), smallInt(43))), "42");
  EXPECT_FALSE(krt_call1_py(krt_getattr_py(&krt_int_class, KSTR(__neg__)), strIntern("x")));
  EXPECT_EQ(pending(), "TypeError: descriptor '__neg__' requires a 'int' object but received a 'str'");
}

TEST_F(ObjectTest, AttributesThroughShapes) {
  Class *cls = makeClass("P", {});
  ASSERT_TRUE(cls) << pending();
  Value a = krt_call0_py(cls), b = krt_call0_py(cls);
  char name[8];
  for (int i = 0; i < 40; ++i) {
    snprintf(name, sizeof(name), "x%d", i);
    ASSERT_EQ(krt_setattr_py(a, strIntern(name), smallInt(i)), 0);
    ASSERT_EQ(krt_setattr_py(b, strIntern(name), smallInt(-i)), 0);
  }
  EXPECT_EQ(a.asObject()->shape->count, 40u);
  for (int i = 0; i < 40; ++i) {
    snprintf(name, sizeof(name), "x%d", i);
    EXPECT_EQ(krt_getattr_py(a, strIntern(name)), smallInt(i));
    EXPECT_EQ(krt_getattr_py(b, strIntern(name)), smallInt(-i));
  }
  EXPECT_EQ(krt_setattr_py(a, strIntern("x3"), Value()), 0);
  EXPECT_FALSE(krt_getattr_py(a, strIntern("x3")));
  EXPECT_EQ(pending(), "AttributeError: 'P' object has no attribute 'x3'");
  EXPECT_EQ(krt_getattr_py(a, strIntern("x39")), smallInt(39));
  Value c = krt_call0_py(cls);
  krt_setattr_py(c, strIntern("y"), kTrue);
  EXPECT_EQ(repr(krt_getattr_py(c, KSTR(__dict__))), "{'y': True}");
}

TEST_F(ObjectTest, LinearisationAndConflicts) {
  Class *a = makeClass("A", {}), *b = makeClass("B", {a}), *c = makeClass("C", {a}), *d = makeClass("D", {b, c});
  EXPECT_EQ(repr(d->mro), "(<class 'D'>, <class 'B'>, <class 'C'>, <class 'A'>, <class 'object'>)");
  EXPECT_FALSE(makeClass("E", {a, b}));
  EXPECT_EQ(pending(), "TypeError: Cannot create a consistent method resolution\norder (MRO) for bases A, B");
  EXPECT_FALSE(makeClass("F", {&krt_int_class, &krt_str_class}));
  EXPECT_EQ(pending(), "TypeError: multiple bases have instance lay-out conflict");
  EXPECT_FALSE(makeClass("G", {&krt_bool_class}));
  EXPECT_EQ(pending(), "TypeError: type 'bool' is not an acceptable base type");
}

TEST_F(ObjectTest, ClassChangesAreSeen) {
  Class *a = makeClass("A", {}), *b = makeClass("B", {a});
  Value object = krt_call0_py(b);
  EXPECT_FALSE(krt_getattr_optional_py(object, strIntern("k")));
  krt_setattr_py(a, strIntern("k"), smallInt(1));
  EXPECT_EQ(krt_getattr_py(object, strIntern("k")), smallInt(1));
  krt_setattr_py(b, strIntern("k"), smallInt(2));
  EXPECT_EQ(krt_getattr_py(object, strIntern("k")), smallInt(2));
  krt_setattr_py(b, strIntern("k"), Value());
  EXPECT_EQ(krt_getattr_py(object, strIntern("k")), smallInt(1));
  EXPECT_FALSE(krt_length_py(object) >= 0);
  krt_error_clear();
  // A native method as __len__ of the base reaches the subclass's slot.
  krt_setattr_py(a, KSTR(__hash__), kNone);
  int64_t hash;
  EXPECT_EQ(krt_hash_py(object, &hash), -1);
  EXPECT_EQ(pending(), "TypeError: unhashable type: 'B'");
}

TEST_F(ObjectTest, SlotsMembers) {
  Dict *ns = krt_dict_new();
  Value names[] = {strIntern("b"), strIntern("a")};
  krt_dict_set_str(ns, KSTR(__slots__), krt_tuple_from(names, 2));
  Class *cls = makeClass("S", {}, ns);
  ASSERT_TRUE(cls) << pending();
  Value s = krt_call0_py(cls);
  EXPECT_FALSE(krt_getattr_py(s, strIntern("a")));
  EXPECT_EQ(pending(), "AttributeError: 'S' object has no attribute 'a'");
  EXPECT_EQ(krt_setattr_py(s, strIntern("a"), smallInt(5)), 0);
  EXPECT_EQ(krt_getattr_py(s, strIntern("a")), smallInt(5));
  EXPECT_EQ(krt_setattr_py(s, strIntern("zz"), smallInt(5)), -1);
  EXPECT_EQ(pending(), "AttributeError: 'S' object has no attribute 'zz'");
  Class *sub = makeClass("T", {cls});
  Value t = krt_call0_py(sub);
  EXPECT_EQ(krt_setattr_py(t, strIntern("zz"), smallInt(6)), 0);
  EXPECT_EQ(krt_setattr_py(t, strIntern("b"), smallInt(7)), 0);
  EXPECT_EQ(krt_getattr_py(t, strIntern("zz")), smallInt(6));
  EXPECT_EQ(krt_getattr_py(t, strIntern("b")), smallInt(7));
}

TEST_F(ObjectTest, Exceptions) {
  krt_raise(kValueError, "bad %d", 7);
  Value e = krt_error_take();
  EXPECT_EQ(repr(e), "ValueError('bad 7')");
  krt_raise_key_error(strIntern("k"));
  EXPECT_EQ(pending(), "KeyError: 'k'");
  krt_raise_errno(2, strFrom("/nope"), {});
  EXPECT_EQ(pending(), "FileNotFoundError: [Errno 2] No such file or directory: '/nope'");
  Class *mine = makeClass("Mine", {kException});
  Value m = krt_call1_py(mine, smallInt(3));
  EXPECT_EQ(krt_setattr_py(m, strIntern("extra"), kTrue), 0);
  EXPECT_EQ(repr(m), "Mine(3)");
  EXPECT_EQ(krt_getattr_py(m, strIntern("extra")), kTrue);
  EXPECT_EQ(repr(krt_getattr_py(m, KSTR(args))), "(3,)");
  Value items[] = {e, m};
  Value group = krt_call2_py(&krt_ExceptionGroup_class, strIntern("two"), krt_list_from(items, 2));
  EXPECT_EQ(text(group), "two (2 sub-exceptions)");
  Value condition = kValueError;
  Value parts = krt_call_method_py(group, KSTR(split), &condition, 1);
  EXPECT_EQ(repr(parts), "(ExceptionGroup('two', [ValueError('bad 7')]), ExceptionGroup('two', [Mine(3)]))");
}

TEST_F(ObjectTest, OperatorsAndErrors) {
  EXPECT_FALSE(krt_binary_py(smallInt(1), strIntern("x"), BinaryOp::Add));
  EXPECT_EQ(pending(), "TypeError: unsupported operand type(s) for +: 'int' and 'str'");
  EXPECT_FALSE(krt_compare_py(smallInt(1), strIntern("x"), CompareOp::Lt));
  EXPECT_EQ(pending(), "TypeError: '<' not supported between instances of 'int' and 'str'");
  Value item = strIntern("ab");
  EXPECT_EQ(repr(krt_binary_py(item, smallInt(3), BinaryOp::Mul)), "'ababab'");
  EXPECT_EQ(repr(krt_binary_py(smallInt(3), item, BinaryOp::Mul)), "'ababab'");
  EXPECT_EQ(repr(krt_binary_py(&krt_int_class, &krt_str_class, BinaryOp::Or)), "int | str");
  EXPECT_EQ(repr(krt_getitem_py(&krt_list_class, &krt_int_class)), "list[int]");
}

TEST_F(ObjectTest, LateBoundCells) {
  static CellSlot slots[] = {
      {0, "class_", "cellmod:Vec"}, {0, "shape", "cellmod:Vec{x,y}"}, {0, "global", "cellmod:N"},
      {0, "builtin", "cellmod:len"}, {0, "module", "cellmod"},      {0, "native", "list.__len__"},
      {0, "shape", "cellmod:Vec{x,y"},
  };
  krt_cells_register(slots, std::size(slots));
  Dict *builtins = krt_dict_new();
  krt_dict_set_str(builtins, strIntern("len"), smallInt(77));
  krt_dict_set_str(builtins, strIntern("list"), &krt_list_class);
  krt_cells_native_ready(strIntern("builtins"), builtins);
  EXPECT_NE(slots[5].value, 0u);

  Module *module = krt_module_new(strIntern("cellmod"), nullptr);
  EXPECT_EQ(slots[4].value, reinterpret_cast<uint64_t>(module));
  EXPECT_EQ(slots[3].value, smallInt(77).bits);
  EXPECT_EQ(slots[2].value, 0u);
  krt_dict_set_str(module->dict, strIntern("N"), smallInt(5));
  for (int i = 0; i < 100; ++i) // entries move; the cell follows
    krt_dict_set_str(module->dict, krt_str_intern(krt_str_format("v%d", i)), smallInt(i));
  ASSERT_NE(slots[2].value, 0u);
  EXPECT_EQ(*reinterpret_cast<Value *>(slots[2].value), smallInt(5));
  krt_dict_set_str(module->dict, strIntern("len"), smallInt(1));
  EXPECT_EQ(slots[3].value, 0u);

  Dict *ns = krt_dict_new();
  krt_dict_set_str(ns, KSTR(__module__), strIntern("cellmod"));
  Class *vec = makeClass("Vec", {}, ns);
  ASSERT_TRUE(vec) << pending();
  EXPECT_EQ(slots[0].value, reinterpret_cast<uint64_t>(vec));
  Value v = krt_call0_py(vec);
  krt_setattr_py(v, strIntern("x"), smallInt(1));
  krt_setattr_py(v, strIntern("y"), smallInt(2));
  Value w = krt_call0_py(vec); // the class has learned how many attributes there will be
  krt_setattr_py(w, strIntern("x"), smallInt(1));
  krt_setattr_py(w, strIntern("y"), smallInt(2));
  EXPECT_EQ(slots[1].value, reinterpret_cast<uint64_t>(w.asObject()->shape));
  // A data descriptor that hides an attribute ends the shape's promise.
  krt_setattr_py(vec, strIntern("x"), krt_call0_py(&krt_property_class));
  EXPECT_EQ(slots[1].value, 0u);
  krt_setattr_py(vec, strIntern("x"), Value());
  EXPECT_NE(slots[1].value, 0u);
  EXPECT_EQ(slots[6].value, 0u);
}

} // namespace
