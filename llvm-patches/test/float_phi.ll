; A float that goes around a loop stays a double: no tag, no box, no branch.
; REQUIRES: krait-tagging
; RUN: %tagging %s | %FileCheck %s

; CHECK-LABEL: define i64 @accumulate(
; CHECK: %[[ACC:.*]] = phi double [ 0.000000e+00, %entry ], [ %sum, %join ]
; CHECK-NOT: fshl
; CHECK-NOT: load
; CHECK-NOT: call
; CHECK: %sum = fadd double %[[ACC]], %x
; CHECK-NOT: call
; CHECK: exit:
; CHECK: call i64 @llvm.fshl.i64
; CHECK: call i64 @krt_float_box_slow(double %[[ACC]])
define i64 @accumulate(i64 %n, double %x) {
entry:
  br label %header
header:
  %acc = phi i64 [ 36, %entry ], [ %acc.next, %join ]
  %i = phi i64 [ 0, %entry ], [ %i.next, %join ]
  %more = icmp slt i64 %i, %n
  br i1 %more, label %body, label %exit
body:
  %tag = and i64 %acc, 3
  %isimm = icmp eq i64 %tag, 2
  br i1 %isimm, label %fast, label %slow
fast:
  %rot = call i64 @llvm.fshl.i64(i64 %acc, i64 %acc, i64 61)
  %un = add i64 %rot, -1152921504606846976
  %d1 = bitcast i64 %un to double
  br label %have
slow:
  %nb = and i64 %acc, -9
  %isz = icmp eq i64 %nb, 36
  br i1 %isz, label %zero, label %boxed
zero:
  %pz = icmp eq i64 %acc, 36
  %d2 = select i1 %pz, double 0.0, double -0.0
  br label %have
boxed:
  %ptr = inttoptr i64 %acc to ptr
  %field = getelementptr i8, ptr %ptr, i64 8
  %d3 = load double, ptr %field
  br label %have
have:
  %d = phi double [ %d1, %fast ], [ %d2, %zero ], [ %d3, %boxed ]
  %sum = fadd double %d, %x
  %bits = bitcast double %sum to i64
  %biased = add i64 %bits, 1152921504606846976
  %word = call i64 @llvm.fshl.i64(i64 %biased, i64 %biased, i64 3)
  %low = and i64 %word, 3
  %ok = icmp eq i64 %low, 2
  br i1 %ok, label %join, label %box
box:
  %bw = call i64 @krt_float_box_slow(double %sum)
  br label %join
join:
  %acc.next = phi i64 [ %word, %have ], [ %bw, %box ]
  %i.next = add i64 %i, 1
  br label %header
exit:
  ret i64 %acc
}

; A word of proved tag is decoded before the loop.
; CHECK-LABEL: define double @argument(
; CHECK: preheader:
; CHECK: %[[X:.*]] = bitcast i64 %{{.*}} to double
; CHECK: phi double [ %[[X]], %preheader ]
; CHECK-NOT: fshl
; CHECK: ret double
define double @argument(i64 %word, i64 %n) {
entry:
  %t = and i64 %word, 3
  %isfloat = icmp eq i64 %t, 2
  br i1 %isfloat, label %preheader, label %no
preheader:
  br label %header
header:
  %v = phi i64 [ %word, %preheader ], [ %w, %join ]
  %i = phi i64 [ 0, %preheader ], [ %i2, %join ]
  %vt = and i64 %v, 3
  %vimm = icmp eq i64 %vt, 2
  br i1 %vimm, label %fast, label %slow
fast:
  %rot = call i64 @llvm.fshl.i64(i64 %v, i64 %v, i64 61)
  %un = add i64 %rot, -1152921504606846976
  %d1 = bitcast i64 %un to double
  br label %have
slow:
  %field = add i64 %v, 8
  %ptr = inttoptr i64 %field to ptr
  %d2 = load double, ptr %ptr
  br label %have
have:
  %d = phi double [ %d1, %fast ], [ %d2, %slow ]
  %next = fmul double %d, 1.5
  %bits = bitcast double %next to i64
  %biased = add i64 %bits, 1152921504606846976
  %rotated = call i64 @llvm.fshl.i64(i64 %biased, i64 %biased, i64 3)
  %low = and i64 %rotated, 3
  %ok = icmp eq i64 %low, 2
  br i1 %ok, label %join, label %box
box:
  %bw = call i64 @krt_float_box_slow(double %next)
  br label %join
join:
  %w = phi i64 [ %rotated, %have ], [ %bw, %box ]
  %i2 = add i64 %i, 1
  %c = icmp eq i64 %i2, %n
  br i1 %c, label %out, label %header
out:
  ret double %next
no:
  ret double 0.0
}

; ---- Must stay ------------------------------------------------------------------------------------------

; The word is wanted in the loop: it is made once there, and decoded nowhere.
; CHECK-LABEL: define void @stored(
; CHECK: %acc.raw = phi double
; CHECK: call i64 @krt_float_box_slow(double %sum)
; CHECK: %word = phi i64 [ %rotated, %have ], [ %bw, %box ]
; CHECK: store i64 %word
; CHECK-NOT: i64 61
; CHECK: ret void
define void @stored(ptr %to, double %x) {
entry:
  br label %header
header:
  %acc = phi i64 [ 42, %entry ], [ %word, %join ]
  %tag = and i64 %acc, 3
  %imm = icmp eq i64 %tag, 2
  br i1 %imm, label %fast, label %slow
fast:
  %rot = call i64 @llvm.fshl.i64(i64 %acc, i64 %acc, i64 61)
  %un = add i64 %rot, -1152921504606846976
  %d1 = bitcast i64 %un to double
  br label %have
slow:
  %ptr = inttoptr i64 %acc to ptr
  %field = getelementptr i8, ptr %ptr, i64 8
  %d2 = load double, ptr %field
  br label %have
have:
  %d = phi double [ %d1, %fast ], [ %d2, %slow ]
  %sum = fadd double %d, %x
  %bits = bitcast double %sum to i64
  %biased = add i64 %bits, 1152921504606846976
  %rotated = call i64 @llvm.fshl.i64(i64 %biased, i64 %biased, i64 3)
  %low = and i64 %rotated, 3
  %ok = icmp eq i64 %low, 2
  br i1 %ok, label %join, label %box
box:
  %bw = call i64 @krt_float_box_slow(double %sum)
  br label %join
join:
  %word = phi i64 [ %rotated, %have ], [ %bw, %box ]
  store i64 %word, ptr %to
  %c = fcmp olt double %sum, 1.0e9
  br i1 %c, label %header, label %out
out:
  ret void
}

; rot(d) without the test of its tag is no encoding.
; CHECK-LABEL: define double @untested(
; CHECK: %v = phi i64
; CHECK: bitcast i64 %un to double
define double @untested(double %x, i1 %c) {
entry:
  br i1 %c, label %a, label %b
a:
  %bits = bitcast double %x to i64
  %biased = add i64 %bits, 1152921504606846976
  %rotated = call i64 @llvm.fshl.i64(i64 %biased, i64 %biased, i64 3)
  br label %b
b:
  %v = phi i64 [ %rotated, %a ], [ 36, %entry ]
  %vt = and i64 %v, 3
  %imm = icmp eq i64 %vt, 2
  br i1 %imm, label %fast, label %slow
fast:
  %rot = call i64 @llvm.fshl.i64(i64 %v, i64 %v, i64 61)
  %un = add i64 %rot, -1152921504606846976
  %d = bitcast i64 %un to double
  ret double %d
slow:
  ret double 0.0
}

; unrot(w) where the tag was not tested is not the companion (for a box it would be rubbish).
; CHECK-LABEL: define double @not_guarded(
; CHECK: bitcast i64 %un to double
define double @not_guarded(double %x) {
entry:
  %bits = bitcast double %x to i64
  %biased = add i64 %bits, 1152921504606846976
  %rotated = call i64 @llvm.fshl.i64(i64 %biased, i64 %biased, i64 3)
  %low = and i64 %rotated, 3
  %ok = icmp eq i64 %low, 2
  br i1 %ok, label %join, label %box
box:
  %bw = call i64 @krt_float_box_slow(double %x)
  br label %join
join:
  %w = phi i64 [ %rotated, %entry ], [ %bw, %box ]
  %rot = call i64 @llvm.fshl.i64(i64 %w, i64 %w, i64 61)
  %un = add i64 %rot, -1152921504606846976
  %d = bitcast i64 %un to double
  ret double %d
}

; Both ways out want the word, one after the other: two boxes would be two objects.
; CHECK-LABEL: define i64 @identity(
; CHECK: join:
; CHECK: phi i64 [ %rotated, %header ], [ %bw, %box ]
define i64 @identity(double %x, i1 %again) {
entry:
  br label %header
header:
  %acc = phi double [ 0.0, %entry ], [ %sum, %join ]
  %last = phi i64 [ 36, %entry ], [ %word, %join ]
  %sum = fadd double %acc, %x
  %bits = bitcast double %sum to i64
  %biased = add i64 %bits, 1152921504606846976
  %rotated = call i64 @llvm.fshl.i64(i64 %biased, i64 %biased, i64 3)
  %low = and i64 %rotated, 3
  %ok = icmp eq i64 %low, 2
  br i1 %ok, label %join, label %box
box:
  %bw = call i64 @krt_float_box_slow(double %sum)
  br label %join
join:
  %word = phi i64 [ %rotated, %header ], [ %bw, %box ]
  %c = fcmp olt double %sum, 1.0e9
  br i1 %c, label %header, label %out
out:
  call void @effect(i64 %word)
  br i1 %again, label %more, label %done
more:
  call void @effect(i64 %word)
  br label %done
done:
  ret i64 0
}

declare i64 @llvm.fshl.i64(i64, i64, i64)
declare i64 @krt_float_box_slow(double)
declare void @effect(i64)
