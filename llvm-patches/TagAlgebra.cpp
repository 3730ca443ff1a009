// Matchers for tagged words.
#include "llvm-patches/TagAlgebra.h"

#include "llvm/ADT/bit.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/PatternMatch.h"

using namespace llvm;
using namespace llvm::PatternMatch;

namespace krait {

namespace {
bool isWord(Value *value) { return value->getType()->isIntegerTy(64); }

/// [value] = rotl([word], [left]), as fshl or fshr with the same word twice.
bool matchRotate(Value *value, Value *&word, unsigned left) {
  auto *call = dyn_cast<IntrinsicInst>(value);
  if (!call || !isWord(call))
    return false;
  unsigned amount;
  if (call->getIntrinsicID() == Intrinsic::fshl)
    amount = left;
  else if (call->getIntrinsicID() == Intrinsic::fshr)
    amount = 64 - left;
  else
    return false;
  word = call->getArgOperand(0);
  return call->getArgOperand(1) == word && match(call->getArgOperand(2), m_SpecificInt(amount));
}
} // namespace

bool matchIntEncode(Value *value, Value *&raw, const DataLayout &layout) {
  Value *shift;
  // x << 1 has a zero at the bottom, so | and + agree.
  if (!isWord(value) ||
      !(match(value, m_Or(m_Value(shift), m_One())) || match(value, m_Add(m_Value(shift), m_One()))) ||
      !match(shift, m_Shl(m_Value(raw), m_One())))
    return false;
  return cast<OverflowingBinaryOperator>(shift)->hasNoSignedWrap() || ComputeNumSignBits(raw, layout) >= 2;
}

bool matchIntDecode(Value *value, Value *&word) {
  return isWord(value) && match(value, m_AShr(m_Value(word), m_One()));
}

bool matchFloatRotate(Value *value, Value *&raw) {
  Value *sum;
  return matchRotate(value, sum, 3) &&
         match(sum, m_c_Add(m_BitCast(m_Value(raw)), m_SpecificInt(kFloatBias))) &&
         raw->getType()->isDoubleTy();
}

bool matchFloatUnrotate(Value *value, Value *&word) {
  Value *difference, *rotated;
  if (!value->getType()->isDoubleTy() || !match(value, m_BitCast(m_Value(difference))))
    return false;
  return (match(difference, m_Add(m_Value(rotated), m_SpecificInt(-kFloatBias))) ||
          match(difference, m_Sub(m_Value(rotated), m_SpecificInt(kFloatBias)))) &&
         matchRotate(rotated, word, 61);
}

bool matchFloatBox(Value *value, Value *&raw) {
  auto *call = dyn_cast<CallInst>(value);
  if (!call || !call->getCalledFunction() || call->getCalledFunction()->getName() != kFloatBoxFunction ||
      call->arg_size() != 1 || !isWord(call))
    return false;
  raw = call->getArgOperand(0);
  return raw->getType()->isDoubleTy();
}

bool matchFloatUnbox(Value *value, Value *&word) {
  auto *load = dyn_cast<LoadInst>(value);
  if (!load || !load->isSimple() || !load->getType()->isDoubleTy())
    return false;
  Value *pointer = load->getPointerOperand();
  // inttoptr(w) + 8, or inttoptr(w + 8).
  if (match(pointer, m_IntToPtr(m_Add(m_Value(word), m_SpecificInt(kBoxedDoubleOffset)))))
    return isWord(word);
  APInt offset(64, 0);
  Value *base =
      pointer->stripAndAccumulateConstantOffsets(load->getDataLayout(), offset, /*AllowNonInbounds=*/true);
  return offset == kBoxedDoubleOffset && match(base, m_IntToPtr(m_Value(word))) && isWord(word);
}

bool matchFloatZero(Value *value, Value *&word) {
  ICmpInst::Predicate predicate;
  Value *yes, *no;
  if (!value->getType()->isDoubleTy() ||
      !match(value, m_Select(m_ICmp(predicate, m_Value(word), m_SpecificInt(kPositiveZeroWord)), m_Value(yes),
                             m_Value(no))))
    return false;
  if (predicate == ICmpInst::ICMP_NE)
    std::swap(yes, no);
  else if (predicate != ICmpInst::ICMP_EQ)
    return false;
  return match(yes, m_PosZeroFP()) && match(no, m_NegZeroFP());
}

Constant *decodeConstant(Tag tag, ConstantInt *word) {
  uint64_t bits = word->getZExtValue();
  LLVMContext &context = word->getContext();
  if (tag == Tag::Int)
    return bits & 1
               ? ConstantInt::get(word->getType(), static_cast<uint64_t>(static_cast<int64_t>(bits) >> 1))
               : nullptr;
  if (bits == kPositiveZeroWord || bits == kNegativeZeroWord)
    return ConstantFP::get(context, APFloat::getZero(APFloat::IEEEdouble(), bits == kNegativeZeroWord));
  if ((bits & 3) != 2)
    return nullptr;
  return ConstantFP::get(context,
                         APFloat(APFloat::IEEEdouble(), APInt(64, llvm::rotr(bits, 3) - kFloatBias)));
}

bool isRemovableCall(const Instruction &instruction) {
  Value *raw;
  return matchFloatBox(const_cast<Instruction *>(&instruction), raw);
}

} // namespace krait
