// Finding webs: the greatest set of phis, selects and sums whose inputs are members or encodings. By
// induction over the execution each member then is the encoding of its companion.
#include "llvm-patches/TagWebs.h"

#include "llvm/IR/InstIterator.h"
#include "llvm/IR/PatternMatch.h"

using namespace llvm;
using namespace llvm::PatternMatch;

namespace krait {

namespace {
/// w + 2k without overflow, w = enc(x):  2x + 1 + 2k = 2(x + k) + 1 = enc(x + k).
bool isTaggedSum(Value *value) {
  const APInt *constant;
  return match(value, m_NSWAdd(m_Value(), m_APInt(constant))) && !(*constant)[0];
}
} // namespace

Type *TagWebs::rawType() const {
  LLVMContext &context = function_.getContext();
  return tag_ == Tag::Int ? Type::getInt64Ty(context) : Type::getDoubleTy(context);
}

void TagWebs::collectCandidates() {
  for (Instruction &instruction : instructions(function_))
    if (instruction.getType()->isIntegerTy(64) &&
        (isa<PHINode>(instruction) || isa<SelectInst>(instruction) ||
         (tag_ == Tag::Int && isTaggedSum(&instruction))))
      members_[&instruction] = nullptr;
}

bool TagWebs::isFounded(Instruction *member) const {
  BasicBlock *block = member->getParent();
  if (auto *phi = dyn_cast<PHINode>(member)) {
    for (unsigned i = 0; i < phi->getNumIncomingValues(); ++i)
      if (!inputRaw(phi->getIncomingValue(i), {phi->getIncomingBlock(i), block}, false))
        return false;
    return true;
  }
  if (auto *select = dyn_cast<SelectInst>(member))
    return inputRaw(select->getTrueValue(), {block}, false) &&
           inputRaw(select->getFalseValue(), {block}, false);
  return inputRaw(member->getOperand(0), {block}, false);
}

bool TagWebs::dropUnfounded() {
  size_t before = members_.size();
  members_.remove_if([&](auto &entry) { return !isFounded(entry.first); });
  return members_.size() != before;
}

bool TagWebs::build() {
  collectCandidates();
  while (dropUnfounded()) {
  }
  for (auto &[member, companion] : members_)
    companion = makeCompanion(member);
  // Selects and sums are made in place of a use that dominates them; phis are filled when all companions
  // exist.
  for (auto &[member, companion] : members_)
    fillCompanion(member, companion);
  return !members_.empty();
}

Value *TagWebs::rawOf(Value *word) const {
  if (auto *constant = dyn_cast<ConstantInt>(word))
    return constant->getType()->isIntegerTy(64) ? decodeConstant(tag_, constant) : nullptr;
  auto *instruction = dyn_cast<Instruction>(word);
  auto found = instruction ? members_.find(instruction) : members_.end();
  return found == members_.end() ? nullptr : found->second;
}

Value *TagWebs::encodedRaw(Value *word, Place place) const {
  Value *raw;
  if (isa<PoisonValue>(word))
    return PoisonValue::get(rawType());
  if (auto *constant = dyn_cast<ConstantInt>(word))
    return decodeConstant(tag_, constant);
  if (tag_ == Tag::Int)
    return matchIntEncode(word, raw, layout_) ? raw : nullptr;
  if (matchFloatBox(word, raw))
    return raw;
  // rot(d) is the encoding of d only where its tag was found to be 10.
  return matchFloatRotate(word, raw) && facts_.isImmediateFloat(word, place) ? raw : nullptr;
}

bool TagWebs::entersLoop(Place place) const {
  const Loop *loop = place.to ? loops_.getLoopFor(place.to) : nullptr;
  return loop && loop->getHeader() == place.to && !loop->contains(place.from);
}

Value *TagWebs::insertDecode(Value *word, const BasicBlock *block) const {
  IRBuilder<> builder(const_cast<Instruction *>(block->getTerminator()));
  if (tag_ == Tag::Int)
    return builder.CreateAShr(word, 1, word->getName() + ".int");
  Value *rotated =
      builder.CreateIntrinsic(Intrinsic::fshl, {word->getType()}, {word, word, builder.getInt64(61)});
  return builder.CreateBitCast(builder.CreateAdd(rotated, builder.getInt64(-kFloatBias)), rawType(),
                               word->getName() + ".float");
}

Value *TagWebs::inputRaw(Value *word, Place place, bool insert) const {
  if (auto *member = dyn_cast<Instruction>(word))
    if (auto found = members_.find(member); found != members_.end())
      return insert ? found->second : word;
  if (Value *raw = encodedRaw(word, place))
    return raw;
  // A word of proved tag: decoding it once before the loop is worth it.
  if (!word->getType()->isIntegerTy(64) || !entersLoop(place))
    return nullptr;
  bool proved = tag_ == Tag::Int ? facts_.isOdd(word, place) : facts_.isImmediateFloat(word, place);
  if (!proved)
    return nullptr;
  return insert ? insertDecode(word, place.from) : word;
}

Value *TagWebs::makeCompanion(Instruction *member) const {
  IRBuilder<> builder(member);
  std::string name = (member->getName() + ".raw").str();
  if (auto *phi = dyn_cast<PHINode>(member))
    return builder.CreatePHI(rawType(), phi->getNumIncomingValues(), name);
  Value *placeholder = PoisonValue::get(rawType());
  if (auto *select = dyn_cast<SelectInst>(member))
    return SelectInst::Create(select->getCondition(), placeholder, placeholder, name, member->getIterator());
  APInt half = cast<ConstantInt>(member->getOperand(1))->getValue().ashr(1);
  // x and k have 63 bits, so the sum does not overflow 64.
  return BinaryOperator::CreateNSWAdd(placeholder, ConstantInt::get(rawType(), half), name,
                                      member->getIterator());
}

void TagWebs::fillCompanion(Instruction *member, Value *companion) const {
  BasicBlock *block = member->getParent();
  if (auto *phi = dyn_cast<PHINode>(member)) {
    // A block that comes in by several edges must bring one value.
    SmallDenseMap<BasicBlock *, Value *, 4> done;
    for (unsigned i = 0; i < phi->getNumIncomingValues(); ++i) {
      BasicBlock *from = phi->getIncomingBlock(i);
      Value *&raw = done[from];
      if (!raw)
        raw = inputRaw(phi->getIncomingValue(i), {from, block}, true);
      cast<PHINode>(companion)->addIncoming(raw, from);
    }
  } else if (auto *select = dyn_cast<SelectInst>(member)) {
    cast<SelectInst>(companion)->setTrueValue(inputRaw(select->getTrueValue(), {block}, true));
    cast<SelectInst>(companion)->setFalseValue(inputRaw(select->getFalseValue(), {block}, true));
  } else {
    cast<Instruction>(companion)->setOperand(0, inputRaw(member->getOperand(0), {block}, true));
  }
}

} // namespace krait
