// lower_numbers.cpp - boxes and arithmetic. A CInt64 fits 63 bits, so sums and differences of two never overflow 64; whether they fit 63
// shows when they are doubled, which is beside the way of the value itself. Products are made of a doubled factor.
#include "compiler/lower/function_lowering.h"

#include <llvm/IR/Intrinsics.h>

namespace krait {

using hir::Op;
using llvm::CmpInst;

llvm::Value *FunctionLowering::fitted(Inst &inst, llvm::Intrinsic::ID id, V *left, V *right) {
  V *pair = b_.CreateBinaryIntrinsic(id, left, right);
  guard(inst, b_.CreateNot(b_.CreateExtractValue(pair, 1)));
  return b_.CreateAShr(b_.CreateExtractValue(pair, 0), 1);
}

/// [sum] fits 63 bits if doubling it does not overflow.
llvm::Value *FunctionLowering::fitted(Inst &inst, V *sum) {
  V *doubled = b_.CreateBinaryIntrinsic(llvm::Intrinsic::sadd_with_overflow, sum, sum);
  guard(inst, b_.CreateNot(b_.CreateExtractValue(doubled, 1)));
  return sum;
}

/// The quotient is one less where there is a rest whose sign is not the divisor's.
llvm::Value *FunctionLowering::floorDiv(V *left, V *right) {
  V *quotient = b_.CreateSDiv(left, right), *rest = b_.CreateSRem(left, right);
  V *lower = b_.CreateAnd(b_.CreateIsNotNull(rest), b_.CreateICmpSLT(b_.CreateXor(rest, right), word0()));
  return b_.CreateSub(quotient, b_.CreateZExt(lower, b_.getInt64Ty()));
}

llvm::Value *FunctionLowering::mod(V *left, V *right) {
  V *rest = b_.CreateSRem(left, right);
  V *lower = b_.CreateAnd(b_.CreateIsNotNull(rest), b_.CreateICmpSLT(b_.CreateXor(rest, right), word0()));
  return b_.CreateSelect(lower, b_.CreateAdd(rest, right), rest);
}

llvm::Value *FunctionLowering::boxFloat(V *number) {
  V *biased = b_.CreateAdd(b_.CreateBitCast(number, b_.getInt64Ty()), word(uint64_t(1) << 60));
  V *rotated = b_.CreateIntrinsic(llvm::Intrinsic::fshl, {b_.getInt64Ty()}, {biased, biased, word(3)});
  return either(
      b_.CreateICmpEQ(b_.CreateAnd(rotated, word(3)), word(2)), false, [&] { return rotated; },
      [&]() -> V * { return rt_.floatBoxSlow(number); });
}

llvm::Value *FunctionLowering::unboxFloat(V *w) {
  return either(
      b_.CreateICmpEQ(b_.CreateAnd(w, word(3)), word(2)), false,
      [&]() -> V * {
        V *bits = b_.CreateIntrinsic(llvm::Intrinsic::fshr, {b_.getInt64Ty()}, {w, w, word(3)});
        return b_.CreateBitCast(b_.CreateSub(bits, word(uint64_t(1) << 60)), b_.getDoubleTy());
      },
      [&]() -> V * { return rt_.nativeFloat(w); });
}

llvm::Value *FunctionLowering::wordOf(V *v, const hir::Type &type) {
  if (v->getType()->isDoubleTy())
    return boxFloat(v);
  if (v->getType()->isIntegerTy(1))
    return b_.CreateSelect(v, word(0x1c), word(0x0c));
  return type.is(hir::Kind::CInt64) ? b_.CreateOr(b_.CreateShl(v, 1), word(1)) : v;
}

llvm::Value *FunctionLowering::boxed(Inst *inst) {
  inst = hir::Function::resolve(inst);
  return wordOf(value(inst), inst->type);
}

/// What the typed entry that [inst] is a call of gave, seen through guards; null if it is none.
llvm::Value *FunctionLowering::openedResult(Inst *inst) {
  while (inst->is(Op::GuardType) || inst->is(Op::RefineType))
    inst = hir::Function::resolve(inst->operands[0]);
  auto found = results_.find(inst);
  return found == results_.end() ? nullptr : found->second;
}

llvm::Value *FunctionLowering::openedInt(Inst *inst) {
  inst = hir::Function::resolve(inst);
  if (inst->is(Op::BoxInt))
    return value(inst->operands[0]);
  if (inst->type.is(hir::Kind::CInt64))
    return value(inst);
  V *result = openedResult(inst);
  return result && result->getType()->isIntegerTy() ? result : b_.CreateAShr(value(inst), 1);
}

llvm::Value *FunctionLowering::openedFloat(Inst *inst) {
  inst = hir::Function::resolve(inst);
  if (inst->is(Op::BoxFloat))
    return value(inst->operands[0]);
  if (inst->type.is(hir::Kind::CDouble))
    return value(inst);
  V *result = openedResult(inst);
  return result && result->getType()->isDoubleTy() ? result : unboxFloat(value(inst));
}

static CmpInst::Predicate intPredicate(hir::Cond cond) {
  constexpr CmpInst::Predicate table[] = {CmpInst::ICMP_SLT, CmpInst::ICMP_SLE, CmpInst::ICMP_EQ,
                                          CmpInst::ICMP_NE,  CmpInst::ICMP_SGT, CmpInst::ICMP_SGE};
  return table[unsigned(cond)];
}
static CmpInst::Predicate floatPredicate(hir::Cond cond) {
  constexpr CmpInst::Predicate table[] = {CmpInst::FCMP_OLT, CmpInst::FCMP_OLE, CmpInst::FCMP_OEQ,
                                          CmpInst::FCMP_UNE, CmpInst::FCMP_OGT, CmpInst::FCMP_OGE};
  return table[unsigned(cond)];
}

/// One case for each instruction; long because it is a list.
bool FunctionLowering::lowerNumber(Inst &inst) {
  auto a = [&] { return arg(inst, 0); };
  auto c = [&] { return arg(inst, 1); };
  auto doubled = [&](V *v) { return b_.CreateShl(v, 1); };
  auto zero = [&] { return llvm::ConstantFP::get(b_.getDoubleTy(), 0.0); };
  V *result = nullptr;
  switch (inst.op) {
  case Op::ConstInt: result = word(uint64_t(inst.imms[0])); break;
  case Op::ConstFloat: result = llvm::ConstantFP::get(b_.getDoubleTy(), inst.floatValue()); break;
  case Op::ConstBool: result = b_.getInt1(inst.imms[0]); break;
  case Op::BoxInt:
  case Op::BoxFloat:
  case Op::BoxBool: result = boxed(inst.operands[0]); break;
  case Op::UnboxInt: result = openedInt(inst.operands[0]); break;
  case Op::UnboxFloat: result = openedFloat(inst.operands[0]); break;
  case Op::UnboxBool: result = b_.CreateICmpEQ(a(), word(0x1c)); break;
  case Op::BoolToInt: result = b_.CreateZExt(a(), b_.getInt64Ty()); break;
  case Op::IntToFloat: result = b_.CreateSIToFP(a(), b_.getDoubleTy()); break;
  case Op::RefineInt:
  case Op::RefineType: result = a(); break;
  case Op::AddInt: result = b_.CreateNSWAdd(a(), c()); break;
  case Op::SubInt: result = b_.CreateNSWSub(a(), c()); break;
  case Op::MulInt: result = b_.CreateNSWMul(a(), c()); break;
  case Op::GuardAddInt: result = fitted(inst, b_.CreateNSWAdd(a(), c())); break;
  case Op::GuardSubInt: result = fitted(inst, b_.CreateNSWSub(a(), c())); break;
  case Op::GuardMulInt: result = fitted(inst, llvm::Intrinsic::smul_with_overflow, doubled(a()), c()); break;
  case Op::FloorDivInt: result = floorDiv(a(), c()); break;
  case Op::ModInt: result = mod(a(), c()); break;
  case Op::GuardFloorDivInt:
    guard(inst, b_.CreateIsNotNull(c()));
    result = floorDiv(a(), c());
    guard(inst, b_.CreateICmpNE(result, word(uint64_t(1) << 62)));
    break;
  case Op::GuardModInt:
    guard(inst, b_.CreateIsNotNull(c()));
    result = mod(a(), c());
    break;
  case Op::GuardTrueDivInt: {
    auto exact = [&](V *v) { return b_.CreateICmpULE(b_.CreateAdd(v, word(uint64_t(1) << 53)), word(uint64_t(1) << 54)); };
    guard(inst, b_.CreateAnd(b_.CreateIsNotNull(c()), b_.CreateAnd(exact(a()), exact(c()))));
    result = b_.CreateFDiv(b_.CreateSIToFP(a(), b_.getDoubleTy()), b_.CreateSIToFP(c(), b_.getDoubleTy()));
    break;
  }
  case Op::GuardPowInt:
    guard(inst, rt_.nativePowInt(a(), c(), outWord()));
    result = b_.CreateLoad(b_.getInt64Ty(), out_);
    break;
  case Op::AndInt: result = b_.CreateAnd(a(), c()); break;
  case Op::OrInt: result = b_.CreateOr(a(), c()); break;
  case Op::XorInt: result = b_.CreateXor(a(), c()); break;
  case Op::ShlInt: result = b_.CreateShl(a(), b_.CreateAnd(c(), word(63))); break;
  case Op::GuardShlInt: {
    guard(inst, b_.CreateICmpULT(c(), word(63)));
    V *shifted = b_.CreateShl(doubled(a()), c());
    guard(inst, b_.CreateICmpEQ(b_.CreateAShr(shifted, c()), doubled(a())));
    result = b_.CreateAShr(shifted, 1);
    break;
  }
  case Op::GuardShrInt: guard(inst, b_.CreateICmpSGE(c(), word0())); [[fallthrough]];
  case Op::ShrInt: result = b_.CreateAShr(a(), b_.CreateBinaryIntrinsic(llvm::Intrinsic::umin, c(), word(63))); break;
  case Op::CompareInt: result = b_.CreateICmp(intPredicate(inst.cond()), a(), c()); break;
  case Op::CompareLong: {
    V *left = boxed(inst.operands[0]), *right = boxed(inst.operands[1]);
    V *small = b_.CreateTrunc(b_.CreateAnd(left, right), b_.getInt1Ty());
    // The words of small ints are ordered as they are.
    result = either(
        small, false, [&]() -> V * { return b_.CreateICmp(intPredicate(inst.cond()), left, right); },
        [&]() -> V * {
          V *order = inst.imms[1] ? rt_.intCompareTaking(left, right, b_.getInt32(uint32_t(inst.imms[1]))) : rt_.intCompare(left, right);
          return b_.CreateICmp(intPredicate(inst.cond()), order, b_.getInt32(0));
        });
    break;
  }
  case Op::MinInt: result = b_.CreateBinaryIntrinsic(llvm::Intrinsic::smin, a(), c()); break;
  case Op::MaxInt: result = b_.CreateBinaryIntrinsic(llvm::Intrinsic::smax, a(), c()); break;
  case Op::RangeLength:
    if (inst.operands[2]->is(Op::ConstInt) && inst.operands[2]->imms[0] == 1) {
      result = b_.CreateBinaryIntrinsic(llvm::Intrinsic::smax, b_.CreateSub(c(), a()), word0());
      guard(inst, b_.CreateICmpSLE(result, word(uint64_t(hir::kIntMax))));
    } else {
      guard(inst, rt_.nativeRangeLength(a(), c(), arg(inst, 2), outWord()));
      result = b_.CreateLoad(b_.getInt64Ty(), out_);
    }
    break;
  case Op::WrapIndex: result = b_.CreateSelect(b_.CreateICmpSLT(a(), word0()), b_.CreateAdd(a(), c()), a()); break;
  case Op::GuardIndex:
    result = a();
    guard(inst, b_.CreateICmpULT(a(), c()));
    break;
  case Op::AddFloat: result = b_.CreateFAdd(a(), c()); break;
  case Op::SubFloat: result = b_.CreateFSub(a(), c()); break;
  case Op::MulFloat: result = b_.CreateFMul(a(), c()); break;
  case Op::NegFloat: result = b_.CreateFNeg(a()); break;
  case Op::AbsFloat: result = b_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, a()); break;
  case Op::GuardDivFloat:
    guard(inst, b_.CreateFCmpUNE(c(), zero()));
    result = b_.CreateFDiv(a(), c());
    break;
  case Op::GuardFloorDivFloat:
    guard(inst, b_.CreateFCmpUNE(c(), zero()));
    result = rt_.floatFloordiv(a(), c());
    break;
  case Op::GuardModFloat:
    guard(inst, b_.CreateFCmpUNE(c(), zero()));
    result = rt_.floatMod(a(), c());
    break;
  case Op::GuardPowFloat:
    guard(inst, rt_.nativePowFloat(a(), c(), outWord()));
    result = b_.CreateLoad(b_.getDoubleTy(), out_);
    break;
  case Op::GuardSqrtFloat:
    guard(inst, b_.CreateFCmpUGE(a(), zero()));
    result = b_.CreateUnaryIntrinsic(llvm::Intrinsic::sqrt, a());
    break;
  case Op::GuardFloatToInt: {
    V *low = llvm::ConstantFP::get(b_.getDoubleTy(), -0x1p62), *high = llvm::ConstantFP::get(b_.getDoubleTy(), 0x1p62);
    guard(inst, b_.CreateAnd(b_.CreateFCmpOGE(a(), low), b_.CreateFCmpOLT(a(), high)));
    result = b_.CreateFPToSI(a(), b_.getInt64Ty());
    break;
  }
  case Op::CompareFloat: result = b_.CreateFCmp(floatPredicate(inst.cond()), a(), c()); break;
  case Op::NotBool: result = b_.CreateNot(a()); break;
  case Op::CompareBool:
    result = b_.CreateICmp(intPredicate(inst.cond()), b_.CreateZExt(a(), b_.getInt64Ty()), b_.CreateZExt(c(), b_.getInt64Ty()));
    break;
  default: return false;
  }
  set(inst, result);
  return true;
}

} // namespace krait
