; Words that outlive a call or their block have a slot, which is cleared with their last use.
; REQUIRES: krait-tagging
; RUN: %opt -passes=krait-dead-words %s | %FileCheck %s

declare i64 @make()
declare void @use(i64)
declare void @collect()

; The last use takes the word out of its slot before the call.
; CHECK-LABEL: define void @across(
; CHECK: [[slot:%.*]] = alloca i64
; CHECK-NEXT: store i64 0, ptr [[slot]]
; CHECK: %w = call i64 @make()
; CHECK-NEXT: store i64 %w, ptr [[slot]]
; CHECK-NEXT: call void @collect()
; CHECK-NEXT: [[read:%.*]] = load i64, ptr [[slot]]
; CHECK-NEXT: store i64 0, ptr [[slot]]
; CHECK-NEXT: call void @use(i64 [[read]])
; CHECK-NEXT: call void @collect()
define void @across() {
  %w = call i64 @make()
  call void @collect()
  call void @use(i64 %w)
  call void @collect()
  ret void
}

; A word that no call comes behind stays as it is.
; CHECK-LABEL: define void @at_once(
; CHECK-NEXT: %w = call i64 @make()
; CHECK-NEXT: call void @use(i64 %w)
define void @at_once() {
  %w = call i64 @make()
  call void @use(i64 %w)
  ret void
}

; On the way where nobody asks for it, a word dies at once; so does a parameter.
; CHECK-LABEL: define void @on_one_way(
; CHECK: [[slot:%.*]] = alloca i64
; CHECK-NEXT: store i64 {{%w|0}}, ptr [[slot]]
; CHECK: left:
; CHECK-NEXT: [[read:%.*]] = load i64, ptr [[slot]]
; CHECK-NEXT: store i64 0, ptr [[slot]]
; CHECK-NEXT: call void @use(i64 [[read]])
; CHECK: right:
; CHECK-NEXT: store i64 0, ptr [[slot]]
; CHECK-NEXT: call void @collect()
define void @on_one_way(i64 %w, i1 %c) {
  br i1 %c, label %left, label %right
left:
  call void @use(i64 %w)
  ret void
right:
  call void @collect()
  ret void
}

; A phi is memory that is written on the ways in and emptied by the block. A word of a loop is alive all around it.
; CHECK-LABEL: define i64 @loop(
; CHECK: head:
; CHECK: %p = load i64, ptr [[way:%.*]]
; CHECK-NEXT: store i64 0, ptr [[way]]
; CHECK: call void @use(
; CHECK: %next = call i64 @make()
; CHECK: store i64 {{.*}}, ptr [[way]]
; CHECK: br i1
define i64 @loop(i64 %kept) {
entry:
  %first = call i64 @make()
  br label %head
head:
  %p = phi i64 [ %first, %entry ], [ %next, %head ]
  call void @use(i64 %p)
  %next = call i64 @make()
  %end = icmp eq i64 %next, 0
  br i1 %end, label %out, label %head
out:
  call void @use(i64 %kept)
  ret i64 %next
}

; Arrays begin empty: what lies on the stack was left there by others.
; CHECK-LABEL: define void @array(
; CHECK: %a = alloca [4 x i64]
; CHECK-NEXT: call void @llvm.memset.p0.i64(ptr {{.*}}%a, i8 0, i64 32, i1 false)
define void @array() {
  %a = alloca [4 x i64]
  store i64 1, ptr %a
  call void @collect()
  ret void
}
