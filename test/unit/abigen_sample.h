// sample.h - every kind of binding and conversion once; its glue is compiled and called by abigen_glue.cpp; test/tools/abigen looks at the text of its tables.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(sample, "A module for tests.");
KRT_CLASS(list, "Built-in \"mutable\" sequence.");

extern "C" {

KRT_MODULE_INIT(sample)
bool krt_sample_init(Module *module);

/// Return the square root of x.
///
/// Second paragraph.
KRT_FUNCTION(sample, "sqrt(x, /)", KRT_RAISES, KRT_PURE)
double krt_sample_sqrt(double x);

KRT_FUNCTION(sample, "nothing()")
void krt_sample_nothing();

KRT_FUNCTION(sample, "power(base, exp, mod=None)", KRT_RUNS_PY)
Value krt_sample_power_py(Value base, Value exp, Value mod);

KRT_FUNCTION(sample, "clip(x, low=0, high=-1.5, /)")
double krt_sample_clip(double x, int64_t low, double high);

KRT_FUNCTION(sample, "show(*args, sep=' ', flush=False)", KRT_RAISES, KRT_COLLECTS)
int64_t krt_sample_show(ArgSpan args, Str *sep, bool flush);

KRT_FUNCTION(sample, "gather(first, /, second=<null>, *rest, key, **others)", KRT_RESULT("tuple"))
Tuple *krt_sample_gather(Value first, Value second, ArgSpan rest, Value key, Dict *others);

KRT_FUNCTION(sample, "encode(text, encoding='utf-8', errors=None)")
Value krt_sample_encode(Str *text, Str *encoding, Str *errors);

KRT_FUNCTION(sample, "two(a, b, /)")
int32_t krt_sample_two(int32_t a, int b);

KRT_FUNCTION(sample, "total(iterable, /, start=0)")
Value krt_sample_total(Value iterable, Value start);

KRT_FUNCTION(sample, "prod(iterable, /, *, start=1)")
Value krt_sample_prod(Value iterable, Value start);

KRT_FUNCTION(sample, "close(a, b, *, tolerance=1e-09)")
bool krt_sample_close(double a, double b, double tolerance);

/// Append object to the end of the list.
KRT_METHOD(list, "append(self, object, /)", KRT_COLLECTS, KRT_WRITES(ListItems))
KRT_METHOD(list, "push(self, object, /)")
void krt_list_sample_append(List *self, Value object);

KRT_METHOD(list, "count(self, value, start=None, /)", KRT_CALL_COUNTS)
int64_t krt_list_sample_count(List *self, Value value, Value start);

KRT_METHOD(list, "clear(self, /)")
void krt_list_sample_clear(List *self);

KRT_METHOD(list, "pop(self, index=-1, /)", KRT_RAISES)
Value krt_list_sample_pop(List *self, int64_t index);

KRT_METHOD(list, "has(self, value, /)", KRT_RAISES, KRT_RESULT("bool"))
int krt_list_sample_has(List *self, Value value);

KRT_SLOT(list, "__len__(self, /)")
int64_t krt_list_sample_len(List *self);

KRT_CLASSMETHOD(list, "fromkeys(cls, iterable, value=None, /)")
Value krt_list_sample_fromkeys(Class *cls, Value iterable, Value value);

KRT_STATICMETHOD(list, "maketrans(x, y=<null>, z=<null>, /)", KRT_NO_SIGNATURE)
Value krt_list_sample_maketrans(Value x, Value y, Str *z);

/// The number of items.
KRT_GETTER(list, "size")
int64_t krt_list_sample_getSize(List *self);
KRT_SETTER(list, "size", KRT_RAISES)
int krt_list_sample_setSize(List *self, Value value);

KRT_NEW(list, "list(iterable=(), /)", KRT_RAISES)
Value krt_list_sample_new(Class *cls, Value iterable);

KRT_INIT(list, "list(iterable=(), /, *, size=0)", KRT_RAISES)
int krt_list_sample_init(List *self, Value iterable, int64_t size);

// Of a module that another header names.
KRT_FUNCTION(builtins, "twice(x, /)")
int64_t krt_sample_twice(int64_t x);

KRT_RT(KRT_READS(ListItems, Slots), KRT_NULL_OK)
Value krt_list_sample_peekFast(const List *list, uint64_t index);
}

struct KRT_LAYOUT_OF(list) SampleList : Object {
  Value *items;
  int64_t length;
  struct {
    int32_t a, b;
  } pair;
  union {
    double d;
    uint8_t bytes[8];
  };
  Value tail[];
};

} // namespace krait
