// lower_fast_paths.cpp - generic operations whose operands are not known: ints that stay small, floats, items of lists and tuples are
// done inline; what is left goes the general way. No fast path leaves compiled code, so a site may see anything.
#include "compiler/lower/function_lowering.h"

#include <llvm/IR/Intrinsics.h>

namespace krait {

using hir::Kind;
using hir::Op;
using llvm::Intrinsic::ID;

namespace {

Opcode plain(Opcode op) {
  return op >= Opcode::InplaceAdd && op <= Opcode::InplaceXor ? Opcode(unsigned(op) - unsigned(Opcode::InplaceAdd) + unsigned(Opcode::Add)) : op;
}

bool isComparison(Opcode op) { return op >= Opcode::Lt && op <= Opcode::Ge; }

/// May an operand of this type be taken for [kind]? What is of one kind for certain was dealt with by the passes.
bool mayBe(const hir::Type &type, Kind kind) { return type.has(kind); }

} // namespace

void FunctionLowering::require(V *condition, BB *otherwise) {
  BB *go = newBlock("go");
  b_.CreateCondBr(condition, go, otherwise, llvm::MDBuilder(context_).createBranchWeights(1000, 1));
  b_.SetInsertPoint(go);
}

/// Ends an arm of a fast path with [result].
void FunctionLowering::finish(FastPath &path, V *result) {
  path.results.push_back({asWord(result), b_.GetInsertBlock()});
  b_.CreateBr(path.done);
}

/// [left] op [right] of two tagged ints; to [path].slow where the result is none.
llvm::Value *FunctionLowering::fastInt(FastPath &path, Opcode op, V *left, V *right) {
  auto checked = [&](ID id, V *x, V *y) -> V * {
    V *pair = b_.CreateBinaryIntrinsic(id, x, y);
    require(b_.CreateNot(b_.CreateExtractValue(pair, 1)), path.slow);
    return b_.CreateExtractValue(pair, 0);
  };
  auto number = [&](V *w) { return b_.CreateAShr(w, 1); };
  auto untagged = [&](V *w) { return b_.CreateAnd(w, word(~uint64_t(1))); };
  auto tagged = [&](V *n) { return b_.CreateOr(b_.CreateShl(n, 1), word(1)); };
  auto truth = [&](V *bit) { return b_.CreateSelect(bit, word(0x1c), word(0x0c)); };
  switch (op) {
  case Opcode::Add: return checked(llvm::Intrinsic::sadd_with_overflow, left, untagged(right));
  case Opcode::Sub: return checked(llvm::Intrinsic::ssub_with_overflow, left, untagged(right));
  case Opcode::Mul: return b_.CreateOr(checked(llvm::Intrinsic::smul_with_overflow, number(left), untagged(right)), word(1));
  case Opcode::FloorDiv:
    require(b_.CreateICmpSGT(right, word(1)), path.slow);
    return tagged(floorDiv(number(left), number(right)));
  case Opcode::Mod:
    require(b_.CreateICmpSGT(right, word(1)), path.slow);
    return tagged(mod(number(left), number(right)));
  case Opcode::And: return b_.CreateAnd(left, right);
  case Opcode::Or: return b_.CreateOr(left, right);
  case Opcode::Xor: return b_.CreateOr(b_.CreateXor(left, right), word(1));
  case Opcode::LShift: {
    V *count = number(right), *bits = untagged(left);
    require(b_.CreateICmpULT(count, word(62)), path.slow);
    V *shifted = b_.CreateShl(bits, count);
    require(b_.CreateICmpEQ(b_.CreateAShr(shifted, count), bits), path.slow);
    return b_.CreateOr(shifted, word(1));
  }
  case Opcode::RShift: {
    V *count = number(right);
    require(b_.CreateICmpSGE(count, word0()), path.slow);
    return b_.CreateOr(b_.CreateAShr(left, b_.CreateBinaryIntrinsic(llvm::Intrinsic::umin, count, word(63))), word(1));
  }
  case Opcode::TrueDiv: {
    auto exact = [&](V *w) { return b_.CreateICmpULE(b_.CreateAdd(number(w), word(uint64_t(1) << 53)), word(uint64_t(1) << 54)); };
    require(b_.CreateAnd(b_.CreateICmpNE(right, word(1)), b_.CreateAnd(exact(left), exact(right))), path.slow);
    return boxFloat(b_.CreateFDiv(b_.CreateSIToFP(number(left), b_.getDoubleTy()), b_.CreateSIToFP(number(right), b_.getDoubleTy())));
  }
  case Opcode::Lt: return truth(b_.CreateICmpSLT(left, right));
  case Opcode::Le: return truth(b_.CreateICmpSLE(left, right));
  case Opcode::Eq: return truth(b_.CreateICmpEQ(left, right));
  case Opcode::Ne: return truth(b_.CreateICmpNE(left, right));
  case Opcode::Gt: return truth(b_.CreateICmpSGT(left, right));
  case Opcode::Ge: return truth(b_.CreateICmpSGE(left, right));
  default: return nullptr;
  }
}

llvm::Value *FunctionLowering::fastFloat(FastPath &path, Opcode op, V *left, V *right) {
  auto truth = [&](V *bit) { return b_.CreateSelect(bit, word(0x1c), word(0x0c)); };
  switch (op) {
  case Opcode::Add: return boxFloat(b_.CreateFAdd(left, right));
  case Opcode::Sub: return boxFloat(b_.CreateFSub(left, right));
  case Opcode::Mul: return boxFloat(b_.CreateFMul(left, right));
  case Opcode::TrueDiv:
    require(b_.CreateFCmpUNE(right, llvm::ConstantFP::get(b_.getDoubleTy(), 0.0)), path.slow);
    return boxFloat(b_.CreateFDiv(left, right));
  case Opcode::Lt: return truth(b_.CreateFCmpOLT(left, right));
  case Opcode::Le: return truth(b_.CreateFCmpOLE(left, right));
  case Opcode::Eq: return truth(b_.CreateFCmpOEQ(left, right));
  case Opcode::Ne: return truth(b_.CreateFCmpUNE(left, right));
  case Opcode::Gt: return truth(b_.CreateFCmpOGT(left, right));
  case Opcode::Ge: return truth(b_.CreateFCmpOGE(left, right));
  default: return nullptr;
  }
}

/// Both ints; both floats; or a float and what is known to be an int.
bool FunctionLowering::fastBinary(FastPath &path, Inst &inst) {
  Opcode op = plain(inst.bytecode());
  if ((op < Opcode::Add || op > Opcode::Xor) && !isComparison(op))
    return false;
  if (op == Opcode::MatMul || op == Opcode::Pow)
    return false;
  hir::Type lt = inst.operand(0)->type, rt = inst.operand(1)->type;
  bool ints = mayBe(lt, Kind::Int) && mayBe(rt, Kind::Int);
  bool bitwise = op == Opcode::And || op == Opcode::Or || op == Opcode::Xor || op == Opcode::LShift || op == Opcode::RShift ||
                 op == Opcode::FloorDiv || op == Opcode::Mod;
  bool intLeft = lt.is(Kind::Int), intRight = rt.is(Kind::Int);
  auto mayBeNumber = [](const hir::Type &t) { return t.has(Kind::Float) || t.is(Kind::Int); };
  bool floats = !bitwise && mayBeNumber(lt) && mayBeNumber(rt) && !(intLeft && intRight);
  // An int beyond 53 bits compares with a float by its exact value.
  if (isComparison(op) && (intLeft || intRight)) {
    const hir::Type &t = intLeft ? lt : rt;
    floats &= t.lo() >= -(int64_t(1) << 53) && t.hi() <= int64_t(1) << 53;
  }
  if (!ints && !floats)
    return false;
  V *left = boxed(inst.operands[0]), *right = boxed(inst.operands[1]);
  if (ints) {
    BB *others = floats ? newBlock("notInts") : path.slow;
    V *tags = intLeft ? right : intRight ? left : b_.CreateAnd(left, right);
    require(b_.CreateTrunc(tags, b_.getInt1Ty()), others);
    finish(path, fastInt(path, op, left, right));
    b_.SetInsertPoint(others);
  }
  if (floats) {
    auto immediate = [&](V *w) { return b_.CreateXor(w, word(2)); };
    V *tags = nullptr;
    for (auto [w, t] : {std::pair{left, lt}, std::pair{right, rt}})
      if (!t.is(Kind::Int))
        tags = tags ? b_.CreateOr(tags, immediate(w)) : immediate(w);
    require(b_.CreateICmpEQ(b_.CreateAnd(tags, word(3)), word0()), path.slow);
    auto number = [&](V *w, bool isInt) -> V * {
      if (isInt)
        return b_.CreateSIToFP(b_.CreateAShr(w, 1), b_.getDoubleTy());
      V *bits = b_.CreateIntrinsic(llvm::Intrinsic::fshr, {b_.getInt64Ty()}, {w, w, word(3)});
      return b_.CreateBitCast(b_.CreateSub(bits, word(uint64_t(1) << 60)), b_.getDoubleTy());
    };
    finish(path, fastFloat(path, op, number(left, intLeft), number(right, intRight)));
    b_.SetInsertPoint(path.slow);
  }
  return true;
}

/// Small ints inline; GMP's arithmetic else.
void FunctionLowering::longOp(Inst &inst) {
  FastPath path{newBlock("slow"), newBlock("done"), {}};
  Opcode op = inst.bytecode();
  V *left = boxed(inst.operands[0]), *right = boxed(inst.operands[1]);
  int64_t mine = inst.imms[1];
  if (mine) {
    b_.CreateBr(path.slow); // what an operation hands on is large, as the record says
  } else {
    require(b_.CreateTrunc(b_.CreateAnd(left, right), b_.getInt1Ty()), path.slow);
    finish(path, fastInt(path, op, left, right));
  }
  b_.SetInsertPoint(path.slow);
  auto called = [&]() -> V * {
    V *bits = b_.getInt32(uint32_t(mine));
    switch (op) {
    case Opcode::Add: return mine ? rt_.intAddTaking(left, right, bits) : rt_.intAdd(left, right);
    case Opcode::Sub: return mine ? rt_.intSubTaking(left, right, bits) : rt_.intSub(left, right);
    case Opcode::Mul: return mine ? rt_.intMulTaking(left, right, bits) : rt_.intMul(left, right);
    case Opcode::FloorDiv: return mine ? rt_.intFloordivTaking(left, right, bits) : rt_.intFloordiv(left, right);
    case Opcode::Mod: return rt_.intMod(left, right);
    case Opcode::LShift: return rt_.intLshift(left, right);
    case Opcode::RShift: return rt_.intRshift(left, right);
    case Opcode::And: return rt_.intAnd(left, right);
    case Opcode::Or: return rt_.intOr(left, right);
    default: return rt_.intXor(left, right);
    }
  };
  V *result = asWord(called());
  raiseIfNull(inst, result);
  finish(path, result);
  b_.SetInsertPoint(path.done);
  auto *joined = b_.CreatePHI(b_.getInt64Ty(), unsigned(path.results.size()));
  for (auto &[v, from] : path.results)
    joined->addIncoming(v, from);
  set(inst, joined);
}

/// The word of the shape that exact instances of the built-in class [symbol] have.
llvm::Value *FunctionLowering::rootShape(const char *symbol) {
  V *cls = lowering_.target().getOrInsertGlobal(symbol, b_.getInt8Ty());
  auto *loaded = b_.CreateLoad(b_.getInt64Ty(), at(cls, kClassRootShapeOffset));
  loaded->setMetadata(llvm::LLVMContext::MD_invariant_load, llvm::MDNode::get(context_, {}));
  return loaded;
}

/// Checks that [index] is an int and inside [size] items, from either end; the machine index.
llvm::Value *FunctionLowering::fastIndex(FastPath &path, V *index, V *size) {
  V *i = b_.CreateAShr(index, 1);
  i = b_.CreateSelect(b_.CreateICmpSLT(i, word0()), b_.CreateAdd(i, size), i);
  require(b_.CreateICmpULT(i, size), path.slow);
  return i;
}

bool FunctionLowering::fastItem(FastPath &path, Inst &inst) {
  bool store = inst.is(Op::GenericOp) && inst.bytecode() == Opcode::SetItem;
  if (!store && inst.bytecode() != Opcode::GetItem)
    return false;
  hir::Type lt = inst.operand(0)->type, rt = inst.operand(1)->type;
  bool lists = mayBe(lt, Kind::List), tuples = !store && mayBe(lt, Kind::Tuple);
  if ((!lists && !tuples) || !mayBe(rt, Kind::Int))
    return false;
  V *object = value(inst.operands[0]), *index = boxed(inst.operands[1]);
  if (!rt.is(Kind::Int))
    require(b_.CreateTrunc(index, b_.getInt1Ty()), path.slow);
  if (!lt.is(Kind::List) && !lt.is(Kind::Tuple))
    require(b_.CreateICmpEQ(b_.CreateAnd(object, word(7)), word0()), path.slow);
  V *shape = loadTagged(object, kObjectShapeOffset, "shape");
  if (lists) {
    BB *others = tuples ? newBlock("notList") : path.slow;
    if (!lt.is(Kind::List))
      require(b_.CreateICmpEQ(shape, rootShape("krt_list_class")), others);
    V *place = item(loadTagged(object, kListItemsOffset, "listHeader"), fastIndex(path, index, loadTagged(object, kListLengthOffset, "listHeader")));
    if (store)
      tagged(b_.CreateStore(boxed(inst.operands[2]), place), "listItem");
    finish(path, store ? word(0x04) : tagged(b_.CreateLoad(b_.getInt64Ty(), place), "listItem"));
    b_.SetInsertPoint(others);
  }
  if (tuples) {
    if (!lt.is(Kind::Tuple))
      require(b_.CreateICmpEQ(shape, rootShape("krt_tuple_class")), path.slow);
    V *i = fastIndex(path, index, load(object, kTupleLengthOffset));
    finish(path, b_.CreateLoad(b_.getInt64Ty(), item(at(object, kTupleItemsOffset), i)));
    b_.SetInsertPoint(path.slow);
  }
  b_.SetInsertPoint(path.slow);
  return true;
}

/// The tests that need no call; the insertion point is where they end.
llvm::Value *FunctionLowering::truth(Inst &inst) {
  hir::Type type = inst.operand(0)->type;
  V *w = value(inst.operands[0]);
  BB *slow = newBlock("truth"), *done = newBlock("known");
  std::vector<std::pair<V *, BB *>> results;
  auto arm = [&](V *is, V *result) {
    BB *yes = newBlock("is"), *no = newBlock("isNot");
    b_.CreateCondBr(is, yes, no);
    b_.SetInsertPoint(yes);
    results.push_back({result, yes});
    b_.CreateBr(done);
    b_.SetInsertPoint(no);
  };
  V *isTrue = b_.CreateICmpEQ(w, word(0x1c));
  if (type.has(Kind::Bool))
    arm(b_.CreateICmpEQ(b_.CreateAnd(w, word(~uint64_t(0x10))), word(0x0c)), isTrue);
  if (type.has(Kind::Int))
    arm(b_.CreateTrunc(w, b_.getInt1Ty()), b_.CreateICmpNE(w, word(1)));
  if (type.has(Kind::None))
    arm(b_.CreateICmpEQ(w, word(0x04)), b_.getFalse());
  b_.CreateBr(slow);
  b_.SetInsertPoint(slow);
  V *status = rt_.truthPy(w);
  raiseIf(inst, b_.CreateICmpSLT(status, b_.getInt32(0)));
  results.push_back({b_.CreateICmpSGT(status, b_.getInt32(0)), b_.GetInsertBlock()});
  b_.CreateBr(done);
  b_.SetInsertPoint(done);
  auto *phi = b_.CreatePHI(llvm::Type::getInt1Ty(context_), unsigned(results.size()));
  for (auto &[v, from] : results)
    phi->addIncoming(v, from);
  return phi;
}

} // namespace krait
