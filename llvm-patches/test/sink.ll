; Words that are wanted only where it is cold are made there.
; REQUIRES: krait-tagging
; RUN: %tagging %s | %FileCheck %s

; CHECK-LABEL: define i64 @two_cold_ways(
; CHECK: entry:
; CHECK-NOT: shl
; CHECK: cold1:
; CHECK-NEXT: shl nsw i64 %x, 1
; CHECK: call void @leave
; CHECK: cold2:
; CHECK-NEXT: shl nsw i64 %x, 1
; CHECK: call void @leave
define i64 @two_cold_ways(i64 %x, i1 %a, i1 %b) {
entry:
  %s = shl nsw i64 %x, 1
  %w = or disjoint i64 %s, 1
  br i1 %a, label %cold1, label %go, !prof !0
go:
  br i1 %b, label %cold2, label %done, !prof !0
done:
  ret i64 %x
cold1:
  call void @leave(i64 %w)
  ret i64 0
cold2:
  call void @leave(i64 %w)
  ret i64 1
}

; The way out of a loop is colder than the loop.
; CHECK-LABEL: define i64 @after_loop(
; CHECK: header:
; CHECK-NOT: shl
; CHECK: out:
; CHECK: shl nsw
; CHECK: ret i64
define i64 @after_loop(i64 %n) {
entry:
  br label %header
header:
  %v = phi i64 [ 1, %entry ], [ %w, %header ]
  %d = ashr i64 %v, 1
  %x = xor i64 %d, %n
  %k = and i64 %x, 4095
  %s = shl nsw i64 %k, 1
  %w = or disjoint i64 %s, 1
  %c = icmp eq i64 %k, 77
  br i1 %c, label %out, label %header, !prof !0
out:
  ret i64 %w
}

; ---- Must stay ------------------------------------------------------------------------------------------

; One use is as hot as the definition.
; CHECK-LABEL: define i64 @hot_use(
; CHECK: entry:
; CHECK-NEXT: %s = shl nsw i64 %x, 1
; CHECK-NEXT: %w = or disjoint i64 %s, 1
define i64 @hot_use(i64 %x, i1 %a) {
entry:
  %s = shl nsw i64 %x, 1
  %w = or disjoint i64 %s, 1
  br i1 %a, label %cold, label %done, !prof !0
done:
  ret i64 %w
cold:
  call void @leave(i64 %w)
  ret i64 0
}

; The use is in a loop, so it is hotter.
; CHECK-LABEL: define void @into_loop(
; CHECK: entry:
; CHECK-NEXT: %s = shl nsw i64 %x, 1
define void @into_loop(i64 %x) {
entry:
  %s = shl nsw i64 %x, 1
  %w = or disjoint i64 %s, 1
  br label %header
header:
  call void @leave(i64 %w)
  br label %header
}

declare void @leave(i64)
!0 = !{!"branch_weights", i32 1, i32 1000}
