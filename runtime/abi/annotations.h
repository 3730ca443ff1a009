// annotations.h - the words in which a runtime header states facts for `abigen`.
//
// A built-in, a runtime function and an object layout are declared once, in C++, with one of the macros below
// in front. `abigen` (compiler/abigen) reads them and generates the binding glue, the typed calls of the
// compiler, the layout tables and the ABI snapshot. In an ordinary compilation they expand to nothing.
//
//   KRT_MODULE(math, "Mathematical functions.");
//
//   /// Return the square root of x.
//   KRT_FUNCTION(math, "sqrt(x, /)", KRT_RAISES, KRT_PURE)
//   double krt_math_sqrt(double x);
//
//   /// Append object to the end of the list.
//   KRT_METHOD(list, "append(self, object, /)", KRT_COLLECTS, KRT_WRITES(ListItems))
//   void krt_list_append(List* self, Value object);
//
// `///` lines directly above the macro are the Python docstring. Several binding macros may stand in front of
// one declaration. The signature text is Python's: `/` ends the positional-only parameters, `*` begins the
// keyword-only ones, `*args` and `**kwargs` collect the rest. A default is None, True, False, a number, a
// string, b'', () or <null>.
//
// C++ parameter types say how an argument is converted:
//   Value              as it is
//   Str*, List*, T*    an instance of krt_str_class, krt_list_class... (struct name in snake case, or KRT_LAYOUT_OF) or of
//                      a subclass, else TypeError; if the default is None, None is accepted too and passed as
//                      nullptr
//   int64_t, int       through __index__; OverflowError when it does not fit
//   double             through __float__ or __index__
//   bool               truth value
//   ArgSpan            *args: a view of the caller's arguments, valid during the call
//   Dict*              for **kwargs: a fresh dict, nullptr when there are none
// A parameter left out by the caller gets its default when that is None, True, False or a number; for any
// other default (<null>, (), strings) the function gets null (a Value, a pointer) and knows itself what that means.
//
// Owners of methods are the stems of class variables: KRT_METHOD(list_iter, ...) belongs to krt_list_iter_class.
//
// Results: a null Value or pointer means "exception pending". double, integers, bool and void cannot say so;
// with KRT_RAISES (or KRT_RUNS_PY) the glue and the compiler look at the thread's pending exception after the call.
// A result spelled `int` (not int32_t) of a function that raises is a status: negative means "exception pending"; Python
// sees None, or with KRT_RESULT("bool") / KRT_RESULT("int") the number.
#pragma once

#ifdef KRAIT_ABIGEN
#define KRT_ANNOTATE_(...) [[clang::annotate(__VA_ARGS__)]]
#else
#define KRT_ANNOTATE_(...)
#endif

// ---- Declarations that Python sees ------------------------------------------------------------------

// Names a native module; once per module, as a declaration of its own: KRT_MODULE(math, "doc");
#define KRT_MODULE(name, doc) struct KRT_ANNOTATE_("krt.module", #name, doc) KrtModule_##name
// The module's initialiser, run once: `bool krt_math_init(Module* module)`; false with an exception pending.
#define KRT_MODULE_INIT(name, ...) KRT_ANNOTATE_("krt.init", #name __VA_OPT__(, ) __VA_ARGS__)
// Gives a built-in class its docstring; once per class: KRT_CLASS(list, "doc"). The signature comes from KRT_NEW.
#define KRT_CLASS(name, doc) struct KRT_ANNOTATE_("krt.class", #name, doc) KrtClass_##name

// A function of a module.
#define KRT_FUNCTION(module, signature, ...) KRT_ANNOTATE_("krt.function", #module, signature __VA_OPT__(, ) __VA_ARGS__)
// A method. The first C++ parameter is the receiver.
#define KRT_METHOD(cls, signature, ...) KRT_ANNOTATE_("krt.method", #cls, signature __VA_OPT__(, ) __VA_ARGS__)
// A special method that CPython shows as a slot wrapper (`__add__`, `__len__`, ...); otherwise as KRT_METHOD.
#define KRT_SLOT(cls, signature, ...) KRT_ANNOTATE_("krt.slot", #cls, signature __VA_OPT__(, ) __VA_ARGS__)
// A class method: the first C++ parameter is the class (Class* or Value).
#define KRT_CLASSMETHOD(cls, signature, ...) \
  KRT_ANNOTATE_("krt.classmethod", #cls, signature __VA_OPT__(, ) __VA_ARGS__)
// A static method: no receiver.
#define KRT_STATICMETHOD(cls, signature, ...) \
  KRT_ANNOTATE_("krt.staticmethod", #cls, signature __VA_OPT__(, ) __VA_ARGS__)
// A computed attribute: Value get(T* self).
#define KRT_GETTER(cls, name, ...) KRT_ANNOTATE_("krt.getter", #cls, name __VA_OPT__(, ) __VA_ARGS__)
// Its assignment: bool or void set(T* self, Value value); value is null on deletion.
#define KRT_SETTER(cls, name, ...) KRT_ANNOTATE_("krt.setter", #cls, name __VA_OPT__(, ) __VA_ARGS__)
// The constructor (`__new__`): the first C++ parameter is the class asked for (Class*).
#define KRT_NEW(cls, signature, ...) KRT_ANNOTATE_("krt.new", #cls, signature __VA_OPT__(, ) __VA_ARGS__)
// The initialiser (`__init__`) of a class that takes its arguments there, as list and dict do: the first C++ parameter
// is the object; the result is void, a status or bool.
#define KRT_INIT(cls, signature, ...) KRT_ANNOTATE_("krt.init_method", #cls, signature __VA_OPT__(, ) __VA_ARGS__)

// ---- Declarations that only compiled code sees ------------------------------------------------------

// A runtime function that compiled code may call: krt_list_getItem becomes rt.listGetItem.
// All declarations above are callable too; they need not say it again.
#define KRT_RT(...) KRT_ANNOTATE_("krt.rt" __VA_OPT__(, ) __VA_ARGS__)

// All krt_ functions declared between these two, unless they carry an annotation of their own, are callable by compiled
// code with the effects given; names ending in _py run Python code besides. A stretch does not nest.
#ifdef KRAIT_ABIGEN
#define KRT_PRAGMA_(text) _Pragma(#text)
#define KRT_RT_BEGIN(...) \
  KRT_PRAGMA_(clang attribute push(__attribute__((annotate("krt.stretch" __VA_OPT__(, ) __VA_ARGS__))), apply_to = function))
#define KRT_RT_END KRT_PRAGMA_(clang attribute pop)
#else
#define KRT_RT_BEGIN(...)
#define KRT_RT_END
#endif

// Before a struct: its size, field offsets and kinds are given to the compiler. `struct KRT_LAYOUT List { ... };`
#define KRT_LAYOUT KRT_ANNOTATE_("krt.layout")
// As KRT_LAYOUT, and the struct is the instance layout of the built-in class [cls], for documentation and checks.
#define KRT_LAYOUT_OF(cls) KRT_ANNOTATE_("krt.layout", #cls)

// ---- Effects ----------------------------------------------------------------------------------------
// What a call may do. A declaration without any effect says: never raises, allocates or runs Python code, but
// reads and writes anything. `abigen --check` compares with what the bodies call.

#define KRT_RAISES "raises"      // may leave an exception pending
#define KRT_COLLECTS "collects"  // may allocate (so collect)
#define KRT_RUNS_PY "runs_py"    // may run Python code; implies both of the above. Stated by the suffix _py alone too
#define KRT_PURE "pure"          // reads and writes nothing that others see; equal arguments give equal results
// Reads or writes only the named alias classes (comma-separated; the names are rows of compiler/hir/AliasClasses.def).
#define KRT_READS(...) "reads:" #__VA_ARGS__
#define KRT_WRITES(...) "writes:" #__VA_ARGS__
#define KRT_RESULT(name) "result:" name  // class of the result when it is known: KRT_RESULT("list")
#define KRT_NULL_IS_ERROR "null_error"   // a null result means an exception (the default for Value and pointers)
#define KRT_NULL_OK "null_ok"            // a null result is an answer ("not found") and not an error
#define KRT_NO_SIGNATURE "no_signature"  // __text_signature__ is None, as for CPython's built-ins of variable form
#define KRT_CALL_COUNTS "call_counts"    // wrong counts are worded "count() takes at least 1 argument (0 given)", as CPython does
                                         // for str.count, find, startswith and others that its argument parser does not cover
#define KRT_COLD "cold"                  // seldom called: kept out of hot code

// ---- For abigen --check -----------------------------------------------------------------------------

// In a block: why its calls of `_py` functions cannot run Python code there. Holds for the whole block.
#define KRT_ALLOW_PY(reason) static_assert(sizeof(reason) > 1, "krt.allow_py")
