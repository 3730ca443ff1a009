// Each wrong annotation is one error at its place.
//
// RUN: not %abigen bind %s -- -I%root 2>&1 | %FileCheck %s
// CHECK-NOT: warning
#pragma once
#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {
extern "C" {

// CHECK: wrong.h:[[#@LINE+1]]:1: error: signature has 2 parameter(s) but krt_w_arity takes 1
KRT_FUNCTION(w, "arity(a, b)")
Value krt_w_arity(Value a);

// CHECK: wrong.h:[[#@LINE+1]]:1: error: unknown effect 'sometimes'
KRT_FUNCTION(w, "effect(a)", "sometimes")
Value krt_w_effect(Value a);

// CHECK: wrong.h:[[#@LINE+1]]:1: error: unknown alias class 'Moods'
KRT_FUNCTION(w, "alias(a)", KRT_READS(ListItems, Moods))
Value krt_w_alias(Value a);

// CHECK: wrong.h:[[#@LINE+3]]:1: error: duplicate name: w already has 'twice'
KRT_FUNCTION(w, "twice(a)")
Value krt_w_once(Value a);
KRT_FUNCTION(w, "twice(a)")
Value krt_w_twice(Value a);

// CHECK: wrong.h:[[#@LINE+1]]:1: error: a method names its receiver first
KRT_METHOD(list, "bare()")
Value krt_w_bare();

// CHECK: wrong.h:[[#@LINE+1]]:1: error: parameter 'b' without a default follows one with a default
KRT_FUNCTION(w, "order(a=None, b)")
Value krt_w_order(Value a, Value b);

// CHECK: wrong.h:[[#@LINE+1]]:1: error: default '[]' of 'a' is not None
KRT_FUNCTION(w, "list_default(a=[])")
Value krt_w_listDefault(Value a);

// CHECK: wrong.h:[[#@LINE+1]]:1: error: the default None of 'a' cannot be passed as long; take a Value
KRT_FUNCTION(w, "none_int(a=None)")
Value krt_w_noneInt(int64_t a);

// CHECK: wrong.h:[[#@LINE+1]]:1: error: *args needs a parameter of type ArgSpan
KRT_FUNCTION(w, "star(*args)")
Value krt_w_star(Value args);

// CHECK: wrong.h:[[#@LINE+1]]:1: error: parameter 'a' has type const char *, to which no argument can be converted
KRT_FUNCTION(w, "chars(a)")
Value krt_w_chars(const char *a);

// CHECK: wrong.h:[[#@LINE+1]]:1: error: unbalanced brackets or quotes in the signature
KRT_FUNCTION(w, "quotes(a='x)")
Value krt_w_quotes(Value a);

// CHECK: wrong.h:[[#@LINE+2]]:7: error: krt_w_user is annotated KRT_RUNS_PY, so its name must end in _py
KRT_RT(KRT_RUNS_PY)
Value krt_w_user(Value a);

// CHECK: wrong.h:[[#@LINE+2]]:7: error: krt_w_pure is both KRT_PURE and KRT_WRITES
KRT_RT(KRT_PURE, KRT_WRITES(ListItems))
Value krt_w_pure(Value a);

// CHECK: wrong.h:[[#@LINE+2]]:7: error: an annotated function is named krt_<type>_<verb>, not listAppend
KRT_RT()
Value listAppend(Value a);

// CHECK: wrong.h:[[#@LINE+1]]:1: error: the first parameter is the class: Class* or Value, not long
KRT_NEW(list, "list(x=None, /)")
Value krt_w_make(int64_t cls, Value x);

// CHECK: wrong.h:[[#@LINE+1]]:1: error: KRT_MODULE(none, ...) must come before KRT_MODULE_INIT
KRT_MODULE_INIT(none)
bool krt_none_init(Module *module);

// CHECK: wrong.h:[[#@LINE+1]]:1: error: annotation 'krt.layout' does not belong before a function
KRT_LAYOUT
void krt_w_layout();
}

// CHECK: wrong.h:[[#@LINE+1]]:8: error: KRT_LAYOUT needs the definition of the struct
struct KRT_LAYOUT Later;

// CHECK: wrong.h:[[#@LINE+1]]:8: error: annotation 'krt.rt' does not belong before a struct
struct KRT_RT() Misplaced {};

} // namespace krait
