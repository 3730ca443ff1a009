; Tests of several low bits for a pattern become tests for zero.
; REQUIRES: krait-tagging
; RUN: %opt -passes=krait-tag-tests %s | %FileCheck %s

; CHECK-LABEL: define i1 @is_float(
; CHECK-NEXT: [[moved:%.*]] = sub i64 %w, 2
; CHECK-NEXT: [[bits:%.*]] = and i64 [[moved]], 3
; CHECK-NEXT: icmp eq i64 [[bits]], 0
define i1 @is_float(i64 %w) {
  %bits = and i64 %w, 3
  %test = icmp eq i64 %bits, 2
  ret i1 %test
}

; CHECK-LABEL: define i1 @is_no_constant(
; CHECK-NEXT: [[moved:%.*]] = sub i32 %w, 4
; CHECK-NEXT: [[bits:%.*]] = and i32 [[moved]], 7
; CHECK-NEXT: icmp ne i32 [[bits]], 0
define i1 @is_no_constant(i32 %w) {
  %bits = and i32 %w, 7
  %test = icmp ne i32 %bits, 4
  ret i1 %test
}

; Must stay: one bit and zero are one instruction already, bits that others use would be made twice, bits that are not the lowest may
; get a carry, and a tag outside the mask is never there.
; CHECK-LABEL: define i1 @must_stay(
; CHECK-NOT: sub
define i1 @must_stay(i64 %w, ptr %p) {
  %int = and i64 %w, 1
  %isInt = icmp eq i64 %int, 1
  %low = and i64 %w, 7
  %isPointer = icmp eq i64 %low, 0
  %kept = and i64 %w, 3
  store i64 %kept, ptr %p
  %isFloat = icmp eq i64 %kept, 2
  %high = and i64 %w, 6
  %isHigh = icmp eq i64 %high, 2
  %never = and i64 %w, 3
  %isNever = icmp eq i64 %never, 4
  %less = and i64 %w, 3
  %isLess = icmp ult i64 %less, 2
  %a = or i1 %isInt, %isPointer
  %b = or i1 %isFloat, %isHigh
  %c = or i1 %isNever, %isLess
  %d = or i1 %a, %b
  %e = or i1 %c, %d
  ret i1 %e
}
