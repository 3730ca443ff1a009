; Decode of encode and encode of decode, in a line.
; REQUIRES: krait-tagging
; RUN: %tagging %s | %FileCheck %s

; unrot(rot(d)) = d, which LLVM's own passes leave.
; CHECK-LABEL: define double @unrotate_rotate(
; CHECK-NEXT: ret double %x
define double @unrotate_rotate(double %x) {
  %b = bitcast double %x to i64
  %t = add i64 %b, 1152921504606846976
  %w = call i64 @llvm.fshl.i64(i64 %t, i64 %t, i64 3)
  %u = call i64 @llvm.fshr.i64(i64 %w, i64 %w, i64 3)
  %v = sub i64 %u, 1152921504606846976
  %d = bitcast i64 %v to double
  ret double %d
}

; rot(unrot(w)) = w
; CHECK-LABEL: define i64 @rotate_unrotate(
; CHECK-NEXT: ret i64 %w
define i64 @rotate_unrotate(i64 %w) {
  %u = call i64 @llvm.fshl.i64(i64 %w, i64 %w, i64 61)
  %v = add i64 %u, -1152921504606846976
  %d = bitcast i64 %v to double
  %b = bitcast double %d to i64
  %t = add i64 %b, 1152921504606846976
  %r = call i64 @llvm.fshl.i64(i64 %t, i64 %t, i64 3)
  ret i64 %r
}

; dec(enc(x)) = x
; CHECK-LABEL: define i64 @decode_encode(
; CHECK-NEXT: ret i64 %x
define i64 @decode_encode(i64 %x) {
  %s = shl nsw i64 %x, 1
  %w = add i64 %s, 1
  %d = ashr i64 %w, 1
  ret i64 %d
}

; enc(dec(w)) = w where w is odd
; CHECK-LABEL: define i64 @encode_decode(
; CHECK: yes:
; CHECK-NEXT: ret i64 %w
define i64 @encode_decode(i64 %w) {
  %bit = trunc i64 %w to i1
  br i1 %bit, label %yes, label %no
yes:
  %x = ashr i64 %w, 1
  %s = shl nsw i64 %x, 1
  %e = or disjoint i64 %s, 1
  ret i64 %e
no:
  ret i64 0
}

; ---- Must stay ------------------------------------------------------------------------------------------

; w may be even
; CHECK-LABEL: define i64 @encode_decode_unknown(
; CHECK: or disjoint i64 %s, 1
define i64 @encode_decode_unknown(i64 %w) {
  %x = ashr i64 %w, 1
  %s = shl nsw i64 %x, 1
  %e = or disjoint i64 %s, 1
  ret i64 %e
}

; A rotation by another amount, a bias of another size.
; CHECK-LABEL: define double @other_amount(
; CHECK: bitcast i64 %v to double
define double @other_amount(double %x) {
  %b = bitcast double %x to i64
  %t = add i64 %b, 1152921504606846976
  %w = call i64 @llvm.fshl.i64(i64 %t, i64 %t, i64 3)
  %u = call i64 @llvm.fshl.i64(i64 %w, i64 %w, i64 60)
  %v = add i64 %u, -1152921504606846976
  %d = bitcast i64 %v to double
  ret double %d
}
; CHECK-LABEL: define double @other_bias(
; CHECK: bitcast i64 %v to double
define double @other_bias(double %x) {
  %b = bitcast double %x to i64
  %t = add i64 %b, 1152921504606846976
  %w = call i64 @llvm.fshl.i64(i64 %t, i64 %t, i64 3)
  %u = call i64 @llvm.fshl.i64(i64 %w, i64 %w, i64 61)
  %v = add i64 %u, 1152921504606846976
  %d = bitcast i64 %v to double
  ret double %d
}

; An effect in one of two ways: the branch is kept.
; CHECK-LABEL: define i64 @effect_stays(
; CHECK: br i1 %c
; CHECK: call void @effect
define i64 @effect_stays(i1 %c) {
  br i1 %c, label %a, label %b
a:
  call void @effect(i64 0)
  br label %b
b:
  ret i64 0
}

declare void @effect(i64)
declare i64 @llvm.fshl.i64(i64, i64, i64)
declare i64 @llvm.fshr.i64(i64, i64, i64)
