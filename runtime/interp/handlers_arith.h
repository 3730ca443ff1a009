// handlers_arith.h - arithmetic, comparison, tests and conditional jumps.
#pragma once

#include "runtime/interp/handler.h"
#include "runtime/object/errors.h"
#include "runtime/object/float.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"
#include "runtime/object/typed_calls.h"

namespace krait {

// ---- w = r1 op r2 ----

template <class Policy, BinaryOp op, bool inplace>
__attribute__((preserve_none, noinline)) Value binarySlow(KRT_STATE) {
  SAVE_PC();
  Value a = regs[pc[2]], b = regs[pc[3]];
  Value result = inplace ? krt_inplace_py(a, b, op) : krt_binary_py(a, b, op);
  RAISE_IF(!result);
  Policy::result(frameOf(regs), wideAt(pc + 4), a, b, result);
  regs[pc[1]] = result;
  NEXT(kLength<Opcode::Add>);
}

/// The result of two small integers, or null if it needs the slow way.
template <BinaryOp op> inline Value smallIntResult(Value a, Value b) {
  int64_t x = static_cast<int64_t>(a.bits), y = static_cast<int64_t>(b.bits), z; // 2i + 1
  if constexpr (op == BinaryOp::Add)
    return __builtin_add_overflow(x, y - 1, &z) ? Value() : Value(static_cast<uint64_t>(z));
  if constexpr (op == BinaryOp::Sub)
    return __builtin_sub_overflow(x, y - 1, &z) ? Value() : Value(static_cast<uint64_t>(z));
  if constexpr (op == BinaryOp::Mul) // (2i) * j = 2ij
    return __builtin_mul_overflow(x - 1, y >> 1, &z) ? Value() : Value(static_cast<uint64_t>(z) + 1);
  if constexpr (op == BinaryOp::And)
    return Value(a.bits & b.bits);
  if constexpr (op == BinaryOp::Or)
    return Value(a.bits | b.bits);
  if constexpr (op == BinaryOp::Xor)
    return Value((a.bits ^ b.bits) | 1);
  int64_t i = x >> 1, j = y >> 1;
  if constexpr (op == BinaryOp::FloorDiv) { // truncation corrected where signs differ
    if (j == 0 || j == -1)
      return {};
    int64_t q = i / j;
    return smallInt(q - ((i % j != 0) & ((i ^ j) < 0)));
  }
  if constexpr (op == BinaryOp::Mod) {
    if (j == 0 || j == -1)
      return {};
    int64_t r = i % j;
    return smallInt(r + (r != 0 && (r ^ j) < 0 ? j : 0));
  }
  if constexpr (op == BinaryOp::LShift) {
    if (static_cast<uint64_t>(j) > 61 || (i << j) >> j != i || !fitsSmallInt(i << j))
      return {};
    return smallInt(static_cast<int64_t>(static_cast<uint64_t>(i) << j));
  }
  if constexpr (op == BinaryOp::RShift) {
    if (j < 0)
      return {};
    return smallInt(i >> (j > 63 ? 63 : j));
  }
  if constexpr (op == BinaryOp::TrueDiv) {
    constexpr int64_t exact = int64_t{1} << 53;
    if (j == 0 || i > exact || i < -exact || j > exact || j < -exact)
      return {};
    return floatBox(static_cast<double>(i) / static_cast<double>(j));
  }
  return {};
}

template <BinaryOp op> constexpr bool kHasFloatForm =
    op == BinaryOp::Add || op == BinaryOp::Sub || op == BinaryOp::Mul || op == BinaryOp::TrueDiv;

template <BinaryOp op> inline double floatOperation(double a, double b) {
  if constexpr (op == BinaryOp::Add)
    return a + b;
  else if constexpr (op == BinaryOp::Sub)
    return a - b;
  else if constexpr (op == BinaryOp::Mul)
    return a * b;
  else
    return a / b;
}
/// The rotated word of the result; only an immediate one is a Value.
template <BinaryOp op> inline Value floatBits(double a, double b) { return Value(rotateDouble(floatOperation<op>(a, b))); }
/// Null: division by zero.
template <BinaryOp op> inline Value floatResult(double a, double b) {
  if (op == BinaryOp::TrueDiv && b == 0.0)
    return {};
  return floatBox(floatOperation<op>(a, b));
}

/// A number as double where that is cheap and exact: immediate floats, zeros, small integers below 2^53.
inline bool quickDouble(Value v, double *out) {
  if (v.isImmediateFloat())
    *out = v.asImmediateFloat();
  else if (v.isInt() && v.asInt() <= (int64_t{1} << 53) && v.asInt() >= -(int64_t{1} << 53))
    *out = static_cast<double>(v.asInt());
  else if (isZeroFloat(v))
    *out = v == kPosZero ? 0.0 : -0.0;
  else
    return false;
  return true;
}

template <class Policy, BinaryOp op, bool inplace>
__attribute__((preserve_none, noinline)) Value binaryMixed(KRT_STATE) {
  Value a = regs[pc[2]], b = regs[pc[3]];
  double x, y;
  if (!(a.isInt() && b.isInt()) && quickDouble(a, &x) && quickDouble(b, &y)) {
    Value result = floatResult<op>(x, y);
    if (__builtin_expect(!!result, 1)) {
      Policy::result(frameOf(regs), wideAt(pc + 4), a, b, result);
      regs[pc[1]] = result;
      NEXT(kLength<Opcode::Add>);
    }
  }
  KRT_TAIL binarySlow<Policy, op, inplace>(KRT_PASS);
}

template <class Policy, BinaryOp op, bool inplace> __attribute__((preserve_none)) Value binary(KRT_STATE) {
  Value a = regs[pc[2]], b = regs[pc[3]], result;
  if constexpr (op != BinaryOp::Pow && op != BinaryOp::MatMul) {
    if (__builtin_expect(bothInts(a, b), 1)) {
      result = smallIntResult<op>(a, b);
      if (__builtin_expect(!result, 0))
        KRT_TAIL binarySlow<Policy, op, inplace>(KRT_PASS);
      goto done;
    }
  }
  if constexpr (kHasFloatForm<op>) {
    if (__builtin_expect(a.isImmediateFloat() && b.isImmediateFloat(), 1)) {
      // An immediate divisor is never zero; a result that is no immediate goes the mixed way.
      result = floatBits<op>(a.asImmediateFloat(), b.asImmediateFloat());
      if (__builtin_expect(result.isImmediateFloat(), 1))
        goto done;
    }
    KRT_TAIL binaryMixed<Policy, op, inplace>(KRT_PASS);
  } else {
    KRT_TAIL binarySlow<Policy, op, inplace>(KRT_PASS);
  }
done:
  Policy::result(frameOf(regs), wideAt(pc + 4), a, b, result);
  regs[pc[1]] = result;
  NEXT(kLength<Opcode::Add>);
}

#define BINARY_HANDLER(Name)                                                                                 \
  KRT_HANDLER op##Name(KRT_STATE) { KRT_TAIL binary<Policy, BinaryOp::Name, false>(KRT_PASS); }              \
  KRT_HANDLER opInplace##Name(KRT_STATE) { KRT_TAIL binary<Policy, BinaryOp::Name, true>(KRT_PASS); }
BINARY_HANDLER(Add)
BINARY_HANDLER(Sub)
BINARY_HANDLER(Mul)
BINARY_HANDLER(TrueDiv)
BINARY_HANDLER(FloorDiv)
BINARY_HANDLER(Mod)
BINARY_HANDLER(Pow)
BINARY_HANDLER(MatMul)
BINARY_HANDLER(LShift)
BINARY_HANDLER(RShift)
BINARY_HANDLER(And)
BINARY_HANDLER(Or)
BINARY_HANDLER(Xor)
#undef BINARY_HANDLER

// ---- Comparison ----

template <CompareOp op, typename T> inline bool holds(T a, T b) {
  switch (op) {
  case CompareOp::Lt: return a < b;
  case CompareOp::Le: return a <= b;
  case CompareOp::Eq: return a == b;
  case CompareOp::Ne: return a != b;
  case CompareOp::Gt: return a > b;
  default: return a >= b;
  }
}

/// 1 or 0 where the operands compare without a call, else -1.
template <CompareOp op> inline int compareQuick(Value a, Value b) {
  if (__builtin_expect(bothInts(a, b), 1))
    return holds<op>(static_cast<int64_t>(a.bits), static_cast<int64_t>(b.bits));
  if (a.isImmediateFloat() && b.isImmediateFloat())
    return holds<op>(a.asImmediateFloat(), b.asImmediateFloat());
  return -1;
}

/// The same for exact strings; calls, but runs no Python code and raises nothing.
template <CompareOp op> inline int compareText(Value a, Value b) {
  if (!isExact(a, krt_str_class) || !isExact(b, krt_str_class))
    return -1;
  if constexpr (op == CompareOp::Eq || op == CompareOp::Ne)
    return krt_str_equal(a.as<Str>(), b.as<Str>()) == (op == CompareOp::Eq);
  return holds<op>(krt_str_compare(a.as<Str>(), b.as<Str>()), 0);
}

template <class Policy, CompareOp op> __attribute__((preserve_none, noinline)) Value compareSlow(KRT_STATE) {
  Value a = regs[pc[2]], b = regs[pc[3]];
  Policy::operands(frameOf(regs), wideAt(pc + 4), a, b);
  double x, y;
  if (quickDouble(a, &x) && quickDouble(b, &y)) {
    regs[pc[1]] = boolean(holds<op>(x, y));
    NEXT(kLength<Opcode::Lt>);
  }
  if (int result = compareText<op>(a, b); result >= 0) {
    regs[pc[1]] = boolean(result);
    NEXT(kLength<Opcode::Lt>);
  }
  SAVE_PC();
  Value result = krt_compare_py(a, b, op);
  RAISE_IF(!result);
  regs[pc[1]] = result;
  NEXT(kLength<Opcode::Lt>);
}

template <class Policy, CompareOp op> __attribute__((preserve_none)) Value compare(KRT_STATE) {
  int result = compareQuick<op>(regs[pc[2]], regs[pc[3]]);
  if (__builtin_expect(result < 0, 0))
    KRT_TAIL compareSlow<Policy, op>(KRT_PASS);
  Policy::operands(frameOf(regs), wideAt(pc + 4), regs[pc[2]], regs[pc[3]]);
  regs[pc[1]] = boolean(result);
  NEXT(kLength<Opcode::Lt>);
}

template <class Policy, CompareOp op, bool sense> __attribute__((preserve_none, noinline)) Value compareJumpSlow(KRT_STATE) {
  constexpr unsigned length = kLength<Opcode::JumpIfLt>;
  Value a = regs[pc[1]], b = regs[pc[2]];
  Policy::operands(frameOf(regs), wideAt(pc + 5), a, b);
  double x, y;
  int result;
  if (quickDouble(a, &x) && quickDouble(b, &y)) {
    result = holds<op>(x, y);
  } else if ((result = compareText<op>(a, b)) < 0) {
    SAVE_PC();
    result = krt_compare_truth_py(a, b, op);
    RAISE_IF(result < 0);
  }
  Policy::branch(frameOf(regs), wideAt(pc + 5), (result != 0) == sense);
  if ((result != 0) == sense)
    JUMP(length, jumpAt(pc + 3));
  NEXT(length);
}

template <class Policy, CompareOp op, bool sense> __attribute__((preserve_none)) Value compareJump(KRT_STATE) {
  constexpr unsigned length = kLength<Opcode::JumpIfLt>;
  int result = compareQuick<op>(regs[pc[1]], regs[pc[2]]);
  if (__builtin_expect(result < 0, 0))
    KRT_TAIL compareJumpSlow<Policy, op, sense>(KRT_PASS);
  Policy::operands(frameOf(regs), wideAt(pc + 5), regs[pc[1]], regs[pc[2]]);
  Policy::branch(frameOf(regs), wideAt(pc + 5), (result != 0) == sense);
  if ((result != 0) == sense)
    JUMP(length, jumpAt(pc + 3));
  NEXT(length);
}

#define COMPARE_HANDLER(Name)                                                                                \
  KRT_HANDLER op##Name(KRT_STATE) { KRT_TAIL compare<Policy, CompareOp::Name>(KRT_PASS); }                   \
  KRT_HANDLER opJumpIf##Name(KRT_STATE) { KRT_TAIL compareJump<Policy, CompareOp::Name, true>(KRT_PASS); }   \
  KRT_HANDLER opJumpIfNot##Name(KRT_STATE) { KRT_TAIL compareJump<Policy, CompareOp::Name, false>(KRT_PASS); }
COMPARE_HANDLER(Lt)
COMPARE_HANDLER(Le)
COMPARE_HANDLER(Eq)
COMPARE_HANDLER(Ne)
COMPARE_HANDLER(Gt)
COMPARE_HANDLER(Ge)
#undef COMPARE_HANDLER

/// Identity of values. Boxed floats and integers are compared by word like all objects.
KRT_HANDLER opIs(KRT_STATE) {
  regs[pc[1]] = boolean(regs[pc[2]] == regs[pc[3]]);
  NEXT_OF(Is);
}
KRT_HANDLER opIsNot(KRT_STATE) {
  regs[pc[1]] = boolean(regs[pc[2]] != regs[pc[3]]);
  NEXT_OF(IsNot);
}

inline int contains_py(Value container, Value item) {
  if (isExact(container, krt_str_class) && isExact(item, krt_str_class))
    return krt_typed_strContains(container.as<Str>(), item.as<Str>());
  return krt_contains_py(container, item);
}

template <class Policy, bool sense> __attribute__((preserve_none)) Value containment(KRT_STATE) {
  SAVE_PC();
  Policy::operands(frameOf(regs), wideAt(pc + 4), regs[pc[2]], regs[pc[3]]);
  int result = contains_py(regs[pc[3]], regs[pc[2]]);
  RAISE_IF(result < 0);
  regs[pc[1]] = boolean((result != 0) == sense);
  NEXT_OF(In);
}
KRT_HANDLER opIn(KRT_STATE) { KRT_TAIL containment<Policy, true>(KRT_PASS); }
KRT_HANDLER opNotIn(KRT_STATE) { KRT_TAIL containment<Policy, false>(KRT_PASS); }

template <class Policy, bool sense> __attribute__((preserve_none)) Value containmentJump(KRT_STATE) {
  SAVE_PC();
  Policy::operands(frameOf(regs), wideAt(pc + 5), regs[pc[1]], regs[pc[2]]);
  int result = contains_py(regs[pc[2]], regs[pc[1]]);
  RAISE_IF(result < 0);
  Policy::branch(frameOf(regs), wideAt(pc + 5), (result != 0) == sense);
  if ((result != 0) == sense)
    JUMP(kLength<Opcode::JumpIfIn>, jumpAt(pc + 3));
  NEXT_OF(JumpIfIn);
}
KRT_HANDLER opJumpIfIn(KRT_STATE) { KRT_TAIL containmentJump<Policy, true>(KRT_PASS); }
KRT_HANDLER opJumpIfNotIn(KRT_STATE) { KRT_TAIL containmentJump<Policy, false>(KRT_PASS); }

// ---- One operand ----

KRT_SLOW opNegSlow(KRT_STATE) {
  SAVE_PC();
  Value result = krt_negative_py(regs[pc[2]]);
  RAISE_IF(!result);
  Policy::result(frameOf(regs), wideAt(pc + 3), regs[pc[2]], Value(), result);
  regs[pc[1]] = result;
  NEXT_OF(Neg);
}
KRT_HANDLER opNeg(KRT_STATE) {
  Value a = regs[pc[2]];
  Value result;
  if (a.isInt() && a.asInt() != kSmallIntMin)
    result = smallInt(-a.asInt());
  else if (a.isImmediateFloat())
    result = floatBox(-a.asImmediateFloat());
  else
    KRT_TAIL opNegSlow<Policy>(KRT_PASS);
  Policy::result(frameOf(regs), wideAt(pc + 3), a, Value(), result);
  regs[pc[1]] = result;
  NEXT_OF(Neg);
}

KRT_HANDLER opPos(KRT_STATE) {
  SAVE_PC();
  Value result = krt_positive_py(regs[pc[2]]);
  RAISE_IF(!result);
  Policy::result(frameOf(regs), wideAt(pc + 3), regs[pc[2]], Value(), result);
  regs[pc[1]] = result;
  NEXT_OF(Pos);
}

KRT_HANDLER opInvert(KRT_STATE) {
  SAVE_PC();
  Value a = regs[pc[2]];
  Value result = a.isInt() ? smallInt(~a.asInt()) : krt_invert_py(a);
  RAISE_IF(!result);
  Policy::result(frameOf(regs), wideAt(pc + 3), a, Value(), result);
  regs[pc[1]] = result;
  NEXT_OF(Invert);
}

/// Truth of the kinds that need no call; -1 for the others.
inline int truthQuick(Value v) {
  if (isBool(v))
    return v == kTrue;
  if (v.isInt())
    return v.bits != 1;
  if (v == kNone)
    return 0;
  if (v.isImmediateFloat())
    return 1;
  return -1;
}

KRT_HANDLER opNot(KRT_STATE) {
  Value a = regs[pc[2]];
  int truth = truthQuick(a);
  if (__builtin_expect(truth < 0, 0)) {
    SAVE_PC();
    truth = krt_truth_py(a);
    RAISE_IF(truth < 0);
  }
  Policy::operand(frameOf(regs), wideAt(pc + 3), a);
  regs[pc[1]] = boolean(!truth);
  NEXT_OF(Not);
}

// ---- Jumps ----

KRT_HANDLER opJump(KRT_STATE) { JUMP(kLength<Opcode::Jump>, jumpAt(pc + 1)); }

template <class Policy, bool sense> __attribute__((preserve_none)) Value truthJump(KRT_STATE) {
  constexpr unsigned length = kLength<Opcode::JumpIfTrue>;
  Value a = regs[pc[1]];
  int truth = truthQuick(a);
  if (__builtin_expect(truth < 0, 0)) {
    SAVE_PC();
    truth = krt_truth_py(a);
    RAISE_IF(truth < 0);
  }
  Policy::operand(frameOf(regs), wideAt(pc + 4), a);
  Policy::branch(frameOf(regs), wideAt(pc + 4), (truth != 0) == sense);
  if ((truth != 0) == sense)
    JUMP(length, jumpAt(pc + 2));
  NEXT(length);
}
KRT_HANDLER opJumpIfTrue(KRT_STATE) { KRT_TAIL truthJump<Policy, true>(KRT_PASS); }
KRT_HANDLER opJumpIfFalse(KRT_STATE) { KRT_TAIL truthJump<Policy, false>(KRT_PASS); }

KRT_HANDLER opJumpIfNone(KRT_STATE) {
  if (regs[pc[1]] == kNone)
    JUMP(kLength<Opcode::JumpIfNone>, jumpAt(pc + 2));
  NEXT_OF(JumpIfNone);
}
KRT_HANDLER opJumpIfNotNone(KRT_STATE) {
  if (regs[pc[1]] != kNone)
    JUMP(kLength<Opcode::JumpIfNotNone>, jumpAt(pc + 2));
  NEXT_OF(JumpIfNotNone);
}
KRT_HANDLER opJumpIfIs(KRT_STATE) {
  if (regs[pc[1]] == regs[pc[2]])
    JUMP(kLength<Opcode::JumpIfIs>, jumpAt(pc + 3));
  NEXT_OF(JumpIfIs);
}
KRT_HANDLER opJumpIfIsNot(KRT_STATE) {
  if (regs[pc[1]] != regs[pc[2]])
    JUMP(kLength<Opcode::JumpIfIsNot>, jumpAt(pc + 3));
  NEXT_OF(JumpIfIsNot);
}

KRT_SLOW opLoopBackPoll(KRT_STATE) {
  SAVE_PC();
  RAISE_IF(krt_poll_py() < 0);
  JUMP(kLength<Opcode::LoopBack>, jumpAt(pc + 1));
}
/// The loop has a compiled form (handlers_call.h).
KRT_SLOW opLoopBackNative(KRT_STATE);
KRT_HANDLER opLoopBack(KRT_STATE) {
  Policy::event(frameOf(regs), wideAt(pc + 3));
  if (__builtin_expect(krt_thread.poll.load(std::memory_order_relaxed) != 0, 0))
    KRT_TAIL opLoopBackPoll<Policy>(KRT_PASS);
  if (__builtin_expect(caches[wideAt(pc + 3)].words[0] != 0, 0))
    KRT_TAIL opLoopBackNative<Policy>(KRT_PASS);
  JUMP(kLength<Opcode::LoopBack>, jumpAt(pc + 1));
}

} // namespace krait
