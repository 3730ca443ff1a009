; Shape checks that were made before, of sealed shapes, hold whatever was called since.
; REQUIRES: krait-tagging
; RUN: %tagging %s | %FileCheck %s

@sealed = external global i64, !krait.sealed !0
@other = external global i64, !krait.sealed !0
@open = external global i64

; CHECK-LABEL: define i64 @after_call(
; CHECK: load ptr
; CHECK: call void @anything()
; CHECK-NOT: load ptr
; CHECK: {{^}}}
define i64 @after_call(i64 %v) {
  %p = inttoptr i64 %v to ptr
  %s = load ptr, ptr %p, !krait.shape !0
  %c = icmp eq ptr %s, @sealed
  br i1 %c, label %yes, label %no
yes:
  call void @anything()
  %q = inttoptr i64 %v to ptr
  %t = load ptr, ptr %q, !krait.shape !0
  %d = icmp eq ptr %t, @sealed
  br i1 %d, label %again, label %no
again:
  ret i64 1
no:
  ret i64 0
}

; It is of that shape, so of no other.
; CHECK-LABEL: define i1 @not_another(
; CHECK: yes:
; CHECK-NEXT: ret i1 false
define i1 @not_another(ptr %v) {
  %s = load ptr, ptr %v, !krait.shape !0
  %c = icmp ne ptr %s, @sealed
  br i1 %c, label %no, label %yes
yes:
  %t = load ptr, ptr %v, !krait.shape !0
  %d = icmp eq ptr %t, @other
  ret i1 %d
no:
  ret i1 true
}

; What flows into the loop has the shape, and so has what is made in it.
; CHECK-LABEL: define i64 @loop(
; CHECK: header:
; CHECK-NOT: load ptr
; CHECK: {{^}}}
define i64 @loop(ptr %first) {
entry:
  %s = load ptr, ptr %first, !krait.shape !0
  %c = icmp eq ptr %s, @sealed
  br i1 %c, label %header, label %no
header:
  %v = phi ptr [ %first, %entry ], [ %new, %next ]
  call void @anything()
  %t = load ptr, ptr %v, !krait.shape !0
  %d = icmp eq ptr %t, @sealed
  br i1 %d, label %next, label %no
next:
  %new = call ptr @allocate()
  store ptr @sealed, ptr %new, !krait.shape !0
  %more = call i1 @more()
  br i1 %more, label %header, label %out
out:
  ret i64 1
no:
  ret i64 0
}

; ---- Must stay ------------------------------------------------------------------------------------------

; An object may leave a shape that is not sealed.
; CHECK-LABEL: define i1 @not_sealed(
; CHECK: call void @anything()
; CHECK: icmp eq ptr %t, @open
define i1 @not_sealed(ptr %v) {
  %s = load ptr, ptr %v, !krait.shape !0
  %c = icmp eq ptr %s, @open
  br i1 %c, label %yes, label %no
yes:
  call void @anything()
  %t = load ptr, ptr %v, !krait.shape !0
  %d = icmp eq ptr %t, @open
  ret i1 %d
no:
  ret i1 false
}

; The load is not said to be of a header.
; CHECK-LABEL: define i1 @no_header(
; CHECK: icmp eq ptr %t, @sealed
define i1 @no_header(ptr %v) {
  %s = load ptr, ptr %v
  %c = icmp eq ptr %s, @sealed
  br i1 %c, label %yes, label %no
yes:
  call void @anything()
  %t = load ptr, ptr %v
  %d = icmp eq ptr %t, @sealed
  ret i1 %d
no:
  ret i1 false
}

; The check was made on one of two ways here.
; CHECK-LABEL: define i1 @one_way(
; CHECK: join:
; CHECK: icmp eq ptr %t, @sealed
define i1 @one_way(ptr %v, i1 %skip) {
  br i1 %skip, label %join, label %check
check:
  %s = load ptr, ptr %v, !krait.shape !0
  %c = icmp eq ptr %s, @sealed
  br i1 %c, label %join, label %no
join:
  %t = load ptr, ptr %v, !krait.shape !0
  %d = icmp eq ptr %t, @sealed
  ret i1 %d
no:
  ret i1 false
}

; Another object that came around the loop unchecked.
; CHECK-LABEL: define i64 @unchecked(
; CHECK: icmp eq ptr %t, @sealed
define i64 @unchecked(ptr %first) {
entry:
  %s = load ptr, ptr %first, !krait.shape !0
  %c = icmp eq ptr %s, @sealed
  br i1 %c, label %header, label %no
header:
  %v = phi ptr [ %first, %entry ], [ %new, %next ]
  %t = load ptr, ptr %v, !krait.shape !0
  %d = icmp eq ptr %t, @sealed
  br i1 %d, label %next, label %no
next:
  %new = call ptr @allocate()
  br label %header
no:
  ret i64 0
}

declare void @anything()
declare ptr @allocate()
declare i1 @more()
!0 = !{}
