; A phi of encoded ints all of whose uses decode carries the ints themselves.
; REQUIRES: krait-tagging
; RUN: %tagging %s | %FileCheck %s

; A loop-carried value is never tagged.
; CHECK-LABEL: define i64 @loop(
; CHECK: %[[V:.*]] = phi i64 [ 0, %entry ], [ %next, %header ]
; CHECK-NEXT: %i = phi
; CHECK-NEXT: mul i64 %[[V]], 3
; CHECK-NOT: shl
; CHECK-NOT: or disjoint
; CHECK: ret i64 %next
define i64 @loop(i64 %n) {
entry:
  br label %header
header:
  %v = phi i64 [ 1, %entry ], [ %w, %header ]
  %i = phi i64 [ 0, %entry ], [ %i2, %header ]
  %d = ashr i64 %v, 1
  %m = mul i64 %d, 3
  %e = xor i64 %m, %i
  %next = ashr i64 %e, 3
  %s = shl nsw i64 %next, 1
  %w = or disjoint i64 %s, 1
  %i2 = add i64 %i, 1
  %c = icmp eq i64 %i2, %n
  br i1 %c, label %out, label %header
out:
  %r = ashr i64 %w, 1
  ret i64 %r
}

; Tests of the tag are constants, and w + 2k is x + k.
; CHECK-LABEL: define i64 @count(
; CHECK: phi i64 [ 0, %entry ], [ %[[NEXT:.*]], %more ]
; CHECK-NOT: and i64
; CHECK: %[[NEXT]] = add nsw i64 %{{.*}}, 3
; CHECK: icmp slt i64 %[[NEXT]], 100
; CHECK-NOT: ashr
define i64 @count() {
entry:
  br label %header
header:
  %v = phi i64 [ 1, %entry ], [ %w, %more ]
  %t = and i64 %v, 1
  %isint = icmp ne i64 %t, 0
  br i1 %isint, label %more, label %never
more:
  %w = add nsw i64 %v, 6
  %c = icmp slt i64 %w, 201
  br i1 %c, label %header, label %out
out:
  %r = ashr i64 %v, 1
  ret i64 %r
never:
  call void @effect(i64 %v)
  ret i64 0
}

; A word of proved tag is decoded once, before the loop.
; CHECK-LABEL: define i64 @argument(
; CHECK: preheader:
; CHECK-NEXT: %[[X:.*]] = ashr i64 %word, 1
; CHECK: header:
; CHECK: phi i64 [ %[[X]], %preheader ]
; CHECK-NOT: ashr i64
; CHECK: {{^}}}
define i64 @argument(i64 %word, i64 %n) {
entry:
  %t = and i64 %word, 1
  %isint = icmp eq i64 %t, 0
  br i1 %isint, label %no, label %preheader
preheader:
  br label %header
header:
  %v = phi i64 [ %word, %preheader ], [ %w, %header ]
  %i = phi i64 [ 0, %preheader ], [ %i2, %header ]
  %d = ashr i64 %v, 1
  %x = xor i64 %d, %i
  %k = and i64 %x, 1023
  %s = shl nsw i64 %k, 1
  %w = or disjoint i64 %s, 1
  %i2 = add i64 %i, 1
  %c = icmp eq i64 %i2, %n
  br i1 %c, label %out, label %header
out:
  ret i64 %d
no:
  ret i64 0
}

; A select in the web.
; CHECK-LABEL: define i64 @choose(
; CHECK: %[[R:.*]] = select i1 %c, i64 %x, i64 21
; CHECK-NEXT: ret i64 %[[R]]
define i64 @choose(i1 %c, i64 %x) {
  %s = shl nsw i64 %x, 1
  %w = or i64 %s, 1
  %v = select i1 %c, i64 %w, i64 43
  %d = ashr i64 %v, 1
  ret i64 %d
}

; ---- Must stay ------------------------------------------------------------------------------------------

; Without nsw the top bit may be lost: dec(enc(x)) is not x.
; CHECK-LABEL: define i64 @may_wrap(
; CHECK: phi i64 [ 1, %entry ], [ %w, %header ]
; CHECK: ashr i64 %v, 1
define i64 @may_wrap(i64 %n) {
entry:
  br label %header
header:
  %v = phi i64 [ 1, %entry ], [ %w, %header ]
  %d = ashr i64 %v, 1
  %x = mul i64 %d, %n
  %s = shl i64 %x, 1
  %w = or i64 %s, 1
  %c = icmp eq i64 %x, 77
  br i1 %c, label %out, label %header
out:
  ret i64 %d
}

; One input may be anything.
; CHECK-LABEL: define i64 @unknown(
; CHECK: %v = phi i64 [ %any, %entry ], [ %w, %more ]
; CHECK: and i64 %v, 1
define i64 @unknown(i64 %any) {
entry:
  br label %header
header:
  %v = phi i64 [ %any, %entry ], [ %w, %more ]
  %t = and i64 %v, 1
  %isint = icmp ne i64 %t, 0
  br i1 %isint, label %more, label %no
more:
  %d = ashr i64 %v, 1
  %k = and i64 %d, 255
  %s = shl nsw i64 %k, 1
  %w = or i64 %s, 1
  %c = icmp eq i64 %k, 7
  br i1 %c, label %out, label %header
out:
  ret i64 %d
no:
  ret i64 -1
}

; A float constant (tag 10) flows in.
; CHECK-LABEL: define i64 @mixed(
; CHECK: %v = select i1 %c, i64 %w, i64 42
; CHECK: ashr i64 %v, 1
define i64 @mixed(i1 %c, i64 %x) {
  %s = shl nsw i64 %x, 1
  %w = or i64 %s, 1
  %v = select i1 %c, i64 %w, i64 42
  %d = ashr i64 %v, 1
  ret i64 %d
}

; A tagged sum that may overflow is no sum of ints.
; CHECK-LABEL: define i64 @sum_may_wrap(
; CHECK: ashr i64 %v, 1
; CHECK: add i64 %v, 6
define i64 @sum_may_wrap(i64 %n) {
entry:
  br label %header
header:
  %v = phi i64 [ 1, %entry ], [ %w, %header ]
  %d = ashr i64 %v, 1
  %w = add i64 %v, 6
  %c = icmp eq i64 %d, %n
  br i1 %c, label %out, label %header
out:
  ret i64 %d
}

declare void @effect(i64)
