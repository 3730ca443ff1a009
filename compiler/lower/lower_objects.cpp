// lower_objects.cpp - constants, type tests, cells, objects, calls and generic operations.
#include "compiler/lower/function_lowering.h"

#include <bit>

namespace krait {

using hir::Field;
using hir::Kind;
using hir::Layout;
using hir::Op;
using hir::Type;

// ---- Types ------------------------------------------------------------------------------------------------

llvm::Value *FunctionLowering::isPointer(V *w) {
  return b_.CreateAnd(b_.CreateICmpEQ(b_.CreateAnd(w, word(7)), word0()), b_.CreateIsNotNull(w));
}

llvm::Value *FunctionLowering::hasClass(V *w, const char *symbol) {
  V *cls = lowering_.target().getOrInsertGlobal(symbol, b_.getInt8Ty());
  return either(
      isPointer(w), false,
      [&]() -> V * {
        return b_.CreateICmpEQ(load(loadTagged(w, kObjectShapeOffset, "shape"), kShapeClsOffset),
                               asWord(cls));
      },
      [&]() -> V * { return b_.getFalse(); });
}

/// The classes that a kind stands for.
static std::vector<const char *> classesOf(Kind kind) {
  switch (kind) {
  case Kind::BigInt:
    return {"krt_int_class"};
  case Kind::Float:
    return {"krt_float_class"};
  case Kind::Str:
    return {"krt_str_class"};
  case Kind::Bytes:
    return {"krt_bytes_class"};
  case Kind::Tuple:
    return {"krt_tuple_class"};
  case Kind::List:
    return {"krt_list_class"};
  case Kind::Dict:
    return {"krt_dict_class"};
  case Kind::Set:
    return {"krt_set_class"};
  case Kind::FrozenSet:
    return {"krt_frozenset_class"};
  case Kind::Range:
    return {"krt_range_class"};
  case Kind::Slice:
    return {"krt_slice_class"};
  case Kind::Function:
    return {"krt_function_class"};
  case Kind::Builtin:
    return {"krt_native_function_class", "krt_method_descriptor_class"};
  case Kind::Method:
    return {"krt_method_class"};
  case Kind::Class:
    return {"krt_type_class"};
  case Kind::Module:
    return {"krt_module_class"};
  case Kind::Code:
    return {"krt_code_class"};
  case Kind::Cell:
    return {"krt_cell_class"};
  case Kind::RangeIter:
    return {"krt_range_iter_class"};
  case Kind::ListIter:
    return {"krt_list_iter_class"};
  case Kind::TupleIter:
    return {"krt_tuple_iter_class"};
  case Kind::StrIter:
    return {"krt_str_iterator_class"};
  case Kind::DictIter:
    return {"krt_dict_iter_class", "krt_dict_value_iter_class", "krt_dict_item_iter_class"};
  case Kind::Enumerate:
    return {"krt_enumerate_class"};
  case Kind::Zip:
    return {"krt_zip_class"};
  case Kind::Generator:
    return {"krt_generator_class"};
  default:
    return {};
  }
}

llvm::Value *FunctionLowering::hasKind(V *w, Kind kind) {
  V *result = b_.getFalse();
  switch (kind) {
  case Kind::None:
    return b_.CreateICmpEQ(w, word(0x04));
  case Kind::Bool:
    return b_.CreateICmpEQ(b_.CreateAnd(w, word(~uint64_t(0x10))), word(0x0c));
  case Kind::Int:
    return b_.CreateTrunc(w, b_.getInt1Ty());
  case Kind::Unbound:
    return b_.CreateIsNull(w);
  case Kind::Object:
    return rt_.nativeIsObject(w);
  case Kind::Float: {
    V *immediate = b_.CreateICmpEQ(b_.CreateAnd(w, word(3)), word(2));
    return either(
        immediate, false, [&]() -> V * { return b_.getTrue(); },
        [&]() -> V * {
          V *zero = b_.CreateICmpEQ(b_.CreateAnd(w, word(~uint64_t(8))), word(0x24));
          V *heap = hasClass(w, "krt_float_class");
          return b_.CreateOr(zero, heap);
        });
  }
  default:
    break;
  }
  for (const char *symbol : classesOf(kind)) {
    V *one = hasClass(w, symbol);
    result = b_.CreateOr(result, one);
  }
  return result;
}

/// Tests the smaller of [type] and its complement within what is known.
llvm::Value *FunctionLowering::hasType(V *w, Type type, Type known) {
  uint64_t wanted = type.bits() & known.bits(), others = known.bits() & ~type.bits();
  bool negate = std::popcount(others) < std::popcount(wanted);
  V *any = b_.getFalse();
  for (uint64_t rest = negate ? others : wanted; rest; rest &= rest - 1) {
    V *one = hasKind(w, Kind(std::countr_zero(rest)));
    any = b_.CreateOr(any, one);
  }
  return negate ? b_.CreateNot(any) : any;
}

llvm::Value *FunctionLowering::hasShape(V *w, uint32_t cell) {
  return either(
      isPointer(w), false,
      [&]() -> V * { return b_.CreateICmpEQ(loadTagged(w, kObjectShapeOffset, "shape"), cellValue(cell)); },
      [&]() -> V * { return b_.getFalse(); });
}

// ---- Constants and cells ----------------------------------------------------------------------------

llvm::Value *FunctionLowering::constantWord(uint32_t code, uint32_t index, uint32_t kind) {
  auto *loaded = b_.CreateLoad(b_.getInt64Ty(), lowering_.constant(lowering_.number(code), index, kind));
  loaded->setMetadata(llvm::LLVMContext::MD_invariant_load, llvm::MDNode::get(context_, {}));
  return loaded;
}

llvm::Value *FunctionLowering::nameWord(uint32_t code, const std::string &text) {
  const std::vector<std::string> &names = lowering_.source().codes[code].unit->names;
  for (uint32_t i = 0; i < names.size(); ++i)
    if (names[i] == text)
      return constantWord(code, i, 1);
  // Keyword parameters are variables of the callee's code.
  for (uint32_t c = 0; c < lowering_.source().codes.size(); ++c)
    if (const CodeUnit *unit = lowering_.source().codes[c].unit)
      for (uint32_t i = 0; i < unit->varnames.size(); ++i)
        if (unit->varnames[i] == text)
          return constantWord(c, i, 2);
  return word0();
}

llvm::Value *FunctionLowering::cellAddress(uint32_t cell) {
  return b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), lowering_.cellTable(), uint64_t{cell} * kCellSlotSize);
}

// ---- Objects ----------------------------------------------------------------------------------------

/// Byte offset of slot [index] of the shape that [descriptor] names, or 0 if only the shape itself knows.
static uint64_t slotOffset(const std::string &descriptor, uint64_t index) {
  size_t at = descriptor.find('{') + 1;
  if (descriptor.compare(at, 3, "...") == 0)
    return 0;
  uint64_t members = 0;
  while (descriptor[at] == '.') {
    ++members;
    at = descriptor.find_first_of(",}", at) + 1;
  }
  // Behind the members stands the extra word.
  return kObjectSize + 8 * (index < members ? index : index + 1);
}

/// See the head of runtime/abi/object.h.
llvm::Value *FunctionLowering::slotAddress(V *object, uint32_t cell, uint64_t index) {
  if (uint64_t offset = slotOffset(lowering_.source().cells[cell].descriptor, index))
    return at(object, offset);
  V *shape = load(object, kObjectShapeOffset);
  V *count = b_.CreateLoad(b_.getInt32Ty(), at(shape, kShapeInlineSlotsOffset));
  V *extra = b_.CreateLoad(b_.getInt32Ty(), at(load(shape, kShapeClsOffset), kClassExtraOffsetOffset));
  V *base = b_.CreateInBoundsGEP(b_.getInt8Ty(), pointer(object), b_.CreateZExt(extra, b_.getInt64Ty()));
  return either(
      b_.CreateICmpUGT(count, b_.getInt32(uint32_t(index))), false,
      [&]() -> V * { return at(base, 8 + 8 * index); },
      [&]() -> V * {
        V *over = b_.CreateSub(word(index), b_.CreateZExt(count, b_.getInt64Ty()));
        return item(load(base, 0), over);
      });
}

/// An attribute with a known place: its word, then the shape that has it.
void FunctionLowering::addSlot(Inst &inst) {
  V *next = cellValue(uint32_t(inst.imms[1]));
  uint64_t offset =
      slotOffset(lowering_.source().cells[size_t(inst.imms[1])].descriptor, uint64_t(inst.imms[2]));
  if (!offset) {
    uint64_t index = uint64_t(inst.imms[2]);
    V *object = arg(inst, 0), *value = arg(inst, 1);
    either(
        b_.CreateICmpUGT(b_.CreateLoad(b_.getInt32Ty(), at(next, kShapeInlineSlotsOffset)),
                         b_.getInt32(uint32_t(index))),
        false,
        [&]() -> V * {
          V *extra = b_.CreateLoad(b_.getInt32Ty(), at(load(next, kShapeClsOffset), kClassExtraOffsetOffset));
          V *base =
              b_.CreateInBoundsGEP(b_.getInt8Ty(), pointer(object), b_.CreateZExt(extra, b_.getInt64Ty()));
          b_.CreateStore(value, at(base, 8 + 8 * index));
          store(next, object, kObjectShapeOffset);
          return word0();
        },
        [&]() -> V * {
          rt_.instanceSet(object, load(next, kShapeNameOffset), value);
          return word0();
        });
    return;
  }
  store(arg(inst, 1), arg(inst, 0), offset);
  store(next, arg(inst, 0), kObjectShapeOffset);
}

/// From the thread's free list that the shape names; objects there are zeroed but for the link in their first
/// word.
llvm::Value *FunctionLowering::newObject(Inst &inst) {
  V *shape = cellValue(uint32_t(inst.imms[0]));
  V *list = b_.CreateZExt(b_.CreateLoad(b_.getInt32Ty(), at(shape, kShapeFreeListOffset)), b_.getInt64Ty());
  V *place = item(threadField(kThreadStateFreeNormalOffset), list);
  V *head = b_.CreateLoad(b_.getInt64Ty(), place);
  return either(
      b_.CreateIsNotNull(head), false,
      [&]() -> V * {
        b_.CreateStore(load(head, 0), place);
        store(shape, head, kObjectShapeOffset);
        return head;
      },
      [&]() -> V * { return asWord(rt_.nativeInstance(arg(inst, 0))); });
}

static uint64_t offsetOf(Field field) {
  switch (field) {
  case Field::Cell_content:
    return kCellValueOffset;
  case Field::Range_start:
    return kRangeStartOffset;
  case Field::Range_stop:
    return kRangeStopOffset;
  case Field::Range_step:
    return kRangeStepOffset;
  case Field::RangeIter_next:
    return kRangeIterNextOffset;
  case Field::RangeIter_remaining:
    return kRangeIterRemainingOffset;
  case Field::RangeIter_step:
    return kRangeIterStepOffset;
  case Field::ListIter_list:
  case Field::TupleIter_tuple:
  case Field::StrIter_str:
    return kListIterContainerOffset;
  case Field::ListIter_index:
  case Field::TupleIter_index:
  case Field::StrIter_index:
    return kListIterIndexOffset;
  case Field::Enumerate_iterator:
    return kEnumerateIteratorOffset;
  case Field::Enumerate_count:
    return kEnumerateCountOffset;
  case Field::Method_function:
    return kBoundMethodFunctionOffset;
  case Field::Method_self:
    return kBoundMethodSelfOffset;
  case Field::Slice_start:
    return kSliceStartOffset;
  case Field::Slice_stop:
    return kSliceStopOffset;
  case Field::Slice_step:
    return kSliceStepOffset;
  }
  return 0;
}

llvm::Value *FunctionLowering::newLayout(Inst &inst) {
  auto a = [&](size_t i) { return arg(inst, i); };
  switch (Layout(inst.imms[0])) {
  case Layout::Cell:
    return rt_.cellNew(boxed(inst.operands[0]));
  case Layout::Range:
    return rt_.nativeRange(boxed(inst.operands[0]), boxed(inst.operands[1]), boxed(inst.operands[2]));
  case Layout::RangeIter:
    return rt_.nativeRangeIter(a(0), a(1), a(2));
  case Layout::Method:
    return rt_.methodNew(a(0), a(1));
  case Layout::Slice:
    return rt_.sliceNew(a(0), a(1), a(2));
  case Layout::Enumerate:
    return rt_.nativeEnumerate(a(0), boxed(inst.operands[1]));
  default:
    return rt_.nativeSequenceIter(b_.getInt32(uint32_t(inst.imms[0])), a(0), a(1));
  }
}

// ---- Text: a string's length, kind and place of characters never change

llvm::Value *FunctionLowering::loadInvariant(V *object, uint64_t offset) {
  auto *loaded = b_.CreateLoad(b_.getInt64Ty(), at(object, offset));
  loaded->setMetadata(llvm::LLVMContext::MD_invariant_load, llvm::MDNode::get(context_, {}));
  return loaded;
}

// StrFlags of runtime/abi/types.h.
static constexpr uint64_t kKindMask = 7, kInterned = 16, kExternal = 32, kGrowing = 64;
static constexpr uint64_t kSharedStrSize = 40; // StaticStr of runtime/object/str.cpp

/// Every string has at least 32 bytes, so that its second word of data can be loaded whether it is a pointer
/// or not.
llvm::Value *FunctionLowering::strCharacters(V *text, V *flags) {
  V *outside = b_.CreateIntToPtr(loadInvariant(text, kStrExternalOffset), b_.getPtrTy());
  return b_.CreateSelect(b_.CreateIsNotNull(b_.CreateAnd(flags, word(kExternal))), outside,
                         at(text, kStrExternalOffset));
}

/// Character [index] as its code point, or as a string: those of one byte exist once.
llvm::Value *FunctionLowering::strItem(V *text, V *index, bool code) {
  V *flags = loadInvariant(text, kStrLengthAndFlagsOffset);
  V *narrow = b_.CreateICmpEQ(b_.CreateAnd(flags, word(kKindMask)), word(1));
  return either(
      narrow, false,
      [&]() -> V * {
        V *byte = b_.CreateLoad(b_.getInt8Ty(),
                                b_.CreateInBoundsGEP(b_.getInt8Ty(), strCharacters(text, flags), index));
        V *number = b_.CreateZExt(byte, b_.getInt64Ty());
        if (code)
          return number;
        V *shared = lowering_.target().getOrInsertGlobal("krt_str_statics", b_.getInt8Ty());
        return asWord(
            b_.CreateInBoundsGEP(b_.getInt8Ty(), shared, b_.CreateMul(number, word(kSharedStrSize))));
      },
      [&]() -> V * { return asWord(code ? rt_.typedStrCode(text, index) : rt_.nativeStrItem(text, index)); });
}

/// Identity, then length and kind, then interning; only then the characters.
llvm::Value *FunctionLowering::strEqual(V *a, V *b) {
  BB *differ = newBlock("differ"), *alike = newBlock("alike"), *join = newBlock("join"),
     *start = b_.GetInsertBlock();
  b_.CreateCondBr(b_.CreateICmpEQ(a, b), join, differ);
  b_.SetInsertPoint(differ);
  V *x = loadInvariant(a, kStrLengthAndFlagsOffset), *y = loadInvariant(b, kStrLengthAndFlagsOffset);
  V *other = b_.CreateIsNotNull(b_.CreateAnd(b_.CreateXor(x, y), word(~(kInterned | kExternal | kGrowing))));
  V *unique = b_.CreateIsNotNull(b_.CreateAnd(b_.CreateAnd(x, y), word(kInterned)));
  b_.CreateCondBr(b_.CreateOr(other, unique), join, alike);
  b_.SetInsertPoint(alike);
  V *compared = rt_.strEqual(a, b);
  b_.CreateBr(join);
  b_.SetInsertPoint(join);
  auto *phi = b_.CreatePHI(b_.getInt1Ty(), 3);
  phi->addIncoming(b_.getTrue(), start);
  phi->addIncoming(b_.getFalse(), differ);
  phi->addIncoming(compared, alike);
  return phi;
}

/// One case for each instruction; long because it is a list.
bool FunctionLowering::lowerObject(Inst &inst) {
  auto a = [&](size_t i) { return arg(inst, i); };
  V *result = nullptr;
  switch (inst.op) {
  case Op::ConstNone:
    result = word(0x04);
    break;
  case Op::ConstUnbound:
    result = word0();
    break;
  case Op::LoadConst:
    result = constantWord(uint32_t(inst.imms[0]), uint32_t(inst.imms[1]), 0);
    break;
  case Op::CurrentFunction:
    result = hasForeignFrame() ? load(frame_, kFrameFunctionOffset) : body_->getArg(0);
    break;
  case Op::LoadClosure:
    result = load(load(a(0), kFunctionClosureOffset), kTupleItemsOffset + 8 * uint64_t(inst.imms[0]));
    break;
  case Op::GuardDefault:
    result = rt_.nativeDefault(a(0), b_.getInt32(uint32_t(inst.imms[0])));
    guard(inst, b_.CreateIsNotNull(result));
    break;
  case Op::GuardKwDefault:
    result =
        rt_.nativeKwDefault(a(0), nameWord(inst.state->code, lowering_.source().names[size_t(inst.imms[0])]));
    guard(inst, b_.CreateIsNotNull(result));
    break;
  case Op::GuardType:
    result = a(0);
    guard(inst, hasType(result, inst.typeImm, inst.operands[0]->type));
    break;
  case Op::HasType:
    result = hasType(a(0), inst.typeImm, inst.operands[0]->type);
    break;
  case Op::GuardShape:
    result = a(0);
    guard(inst, hasShape(result, uint32_t(inst.imms[0])));
    break;
  case Op::HasShape:
    result = hasShape(a(0), uint32_t(inst.imms[0]));
    break;
  case Op::GuardIs:
    result = a(0);
    guard(inst, b_.CreateICmpEQ(result, cellValue(uint32_t(inst.imms[0]))));
    break;
  case Op::HasCell:
    result = b_.CreateICmpEQ(a(0), cellValue(uint32_t(inst.imms[0])));
    break;
  case Op::GuardFunctionCode: {
    result = a(0);
    const CodeUnit *unit = lowering_.findCode(lowering_.source().cells[size_t(inst.imms[0])].descriptor);
    guard(inst, hasClass(result, "krt_function_class"));
    guard(inst, unit ? b_.CreateICmpEQ(load(result, kFunctionCodeOffset), code(lowering_.numberOf(unit)))
                     : b_.getFalse());
    break;
  }
  case Op::GuardCell:
    guard(inst, b_.CreateIsNotNull(cellValue(uint32_t(inst.imms[0]))));
    break;
  case Op::GuardTrue:
    guard(inst, a(0));
    break;
  case Op::GuardFalse:
    guard(inst, b_.CreateNot(a(0)));
    break;
  case Op::GuardPoll: {
    // Set from outside at any time: the load stays in its loop.
    auto *poll = b_.CreateAlignedLoad(b_.getInt32Ty(), threadField(kThreadStatePollOffset), llvm::Align(4));
    poll->setAtomic(llvm::AtomicOrdering::Monotonic);
    guard(inst, b_.CreateIsNull(poll));
    break;
  }
  case Op::GuardUntraced:
    guard(inst, b_.CreateNot(tracingOn()));
    break;
  case Op::Is:
    result = b_.CreateICmpEQ(a(0), a(1));
    break;
  case Op::IsBound:
    result = b_.CreateIsNotNull(a(0));
    break;
  case Op::LoadLateBound:
    result = cellValue(uint32_t(inst.imms[0]));
    break;
  case Op::LoadGlobalSlot:
    result = load(cellValue(uint32_t(inst.imms[0])), 0);
    break;
  case Op::StoreGlobalSlot:
    store(a(0), cellValue(uint32_t(inst.imms[0])), 0);
    break;
  case Op::LoadSlot:
    result =
        b_.CreateLoad(b_.getInt64Ty(), slotAddress(a(0), uint32_t(inst.imms[0]), uint64_t(inst.imms[1])));
    break;
  case Op::StoreSlot:
    b_.CreateStore(a(1), slotAddress(a(0), uint32_t(inst.imms[0]), uint64_t(inst.imms[1])));
    break;
  case Op::AddSlot:
    addSlot(inst);
    break;
  case Op::NewObject:
    result = newObject(inst);
    break;
  case Op::New:
    result = newLayout(inst);
    break;
  case Op::LoadField:
    result = load(a(0), offsetOf(Field(inst.imms[0])));
    break;
  case Op::StoreField:
    store(a(1), a(0), offsetOf(Field(inst.imms[0])));
    break;
  case Op::NewTuple:
    result = rt_.tupleNew(word(inst.operands.size()));
    for (size_t i = 0; i < inst.operands.size(); ++i)
      store(a(i), result, kTupleItemsOffset + 8 * i);
    break;
  case Op::NewFunction:
    result = rt_.nativeFunction(a(0), constantWord(uint32_t(inst.imms[0]), uint32_t(inst.imms[1]), 0), a(1),
                                a(2), a(3), a(4));
    break;
  case Op::TupleSize:
    result = load(a(0), kTupleLengthOffset);
    break;
  case Op::LoadTupleItem:
    result = tagged(b_.CreateLoad(b_.getInt64Ty(), item(at(a(0), kTupleItemsOffset), a(1))), "tupleItem");
    break;
  case Op::PickItem:
    result = a(inst.operands.size() - 1);
    for (size_t i = inst.operands.size() - 2; i > 0; --i)
      result = b_.CreateSelect(b_.CreateICmpEQ(a(0), word(i - 1)), a(i), result);
    break;
  case Op::NewList: {
    result = rt_.listNew(word(inst.operands.size()));
    if (inst.operands.empty())
      break;
    V *items = load(result, kListItemsOffset);
    for (size_t i = 0; i < inst.operands.size(); ++i)
      store(a(i), items, 8 * i);
    store(word(inst.operands.size()), result, kListLengthOffset);
    break;
  }
  case Op::ListSize:
    result = loadTagged(a(0), kListLengthOffset, "listHeader");
    break;
  case Op::LoadListItem:
    result =
        tagged(b_.CreateLoad(b_.getInt64Ty(), item(loadTagged(a(0), kListItemsOffset, "listHeader"), a(1))),
               "listItem");
    break;
  case Op::StoreListItem:
    tagged(b_.CreateStore(a(2), item(loadTagged(a(0), kListItemsOffset, "listHeader"), a(1))), "listItem");
    break;
  case Op::AppendList: {
    V *length = load(a(0), kListLengthOffset);
    either(
        b_.CreateICmpSLT(length, load(a(0), kListCapacityOffset)), false,
        [&]() -> V * {
          b_.CreateStore(a(1), item(load(a(0), kListItemsOffset), length));
          store(b_.CreateAdd(length, word(1)), a(0), kListLengthOffset);
          return b_.getTrue();
        },
        [&]() -> V * {
          rt_.listAppendSlow(a(0), a(1));
          return b_.getTrue();
        });
    break;
  }
  case Op::PopList: {
    V *length = load(a(0), kListLengthOffset);
    guard(inst, b_.CreateICmpSGT(length, word0()));
    V *last = b_.CreateSub(length, word(1)), *place = item(load(a(0), kListItemsOffset), last);
    result = b_.CreateLoad(b_.getInt64Ty(), place);
    b_.CreateStore(word0(), place);
    store(last, a(0), kListLengthOffset);
    break;
  }
  case Op::DictSize:
    result = b_.CreateZExt(b_.CreateLoad(b_.getInt32Ty(), at(a(0), kDictUsedOffset)), b_.getInt64Ty());
    break;
  case Op::GuardLookupDict:
    guard(inst, rt_.typedDictLookup(a(0), a(1), outWord()));
    result = b_.CreateLoad(b_.getInt64Ty(), out_);
    break;
  case Op::GuardStoreDict:
    guard(inst, rt_.typedDictStore(a(0), a(1), a(2)));
    break;
  case Op::StrSize:
    result = b_.CreateLShr(loadInvariant(a(0), kStrLengthAndFlagsOffset), 8);
    break;
  case Op::LoadStrItem:
    result = strItem(a(0), a(1), false);
    break;
  case Op::LoadStrCode:
    result = strItem(a(0), a(1), true);
    break;
  case Op::EqualStr:
    result = strEqual(a(0), a(1));
    break;
  case Op::CompareStr: {
    constexpr llvm::CmpInst::Predicate table[] = {llvm::CmpInst::ICMP_SLT, llvm::CmpInst::ICMP_SLE,
                                                  llvm::CmpInst::ICMP_EQ,  llvm::CmpInst::ICMP_NE,
                                                  llvm::CmpInst::ICMP_SGT, llvm::CmpInst::ICMP_SGE};
    result = b_.CreateICmp(table[unsigned(inst.cond())], rt_.strCompare(a(0), a(1)), b_.getInt32(0));
    break;
  }
  default:
    return false;
  }
  if (result)
    set(inst, asWord(result));
  return true;
}

// ---- Calls ------------------------------------------------------------------------------------------

/// Takes the operands from [first] on, which an operation was given in the window, out of it again: a
/// collector that scans the stack would see them there until something else is put in their place.
void FunctionLowering::emptyWindow(Inst &inst, size_t first) {
  constexpr hir::Kind kNotOnHeap[] = {hir::Kind::None,    hir::Kind::Bool,   hir::Kind::Int,
                                      hir::Kind::Unbound, hir::Kind::CInt64, hir::Kind::CDouble,
                                      hir::Kind::CBool};
  for (size_t i = first; i < inst.operands.size(); ++i) {
    Inst *operand = hir::Function::resolve(inst.operands[i]);
    Type type = operand->type;
    for (hir::Kind kind : kNotOnHeap)
      type = type.without(kind);
    if (!type.isEmpty() && !operand->is(Op::LoadConst) && !operand->is(Op::CurrentFunction))
      b_.CreateStore(word0(), windowAt(i - first));
  }
}

llvm::Value *FunctionLowering::call(Inst &inst, size_t) {
  size_t count = inst.operands.size() - 2;
  b_.CreateStore(arg(inst, 1), windowAt(0));
  for (size_t i = 0; i < count; ++i)
    b_.CreateStore(arg(inst, i + 2), windowAt(i + 1));
  V *names = inst.is(Op::CallKw) ? constantWord(uint32_t(inst.imms[0]), uint32_t(inst.imms[1]), 0) : null();
  V *result = rt_.nativeCallPy(arg(inst, 0), window_, word(count), names);
  emptyWindow(inst, 1);
  return result;
}

/// The word of a typed result; the machine value is kept for whoever opens it. An exception is looked at
/// here.
llvm::Value *FunctionLowering::resultWord(Inst *inst, const Lowering::TypedBody &callee, V *result) {
  bool isInt = callee.source->typedResult.is(Kind::Int);
  V *number = b_.CreateExtractValue(result, 0), *other = b_.CreateExtractValue(result, 1);
  BB *machine = newBlock("machine"), *word_ = newBlock("word"), *join = newBlock("join");
  branchUnlikely(b_.CreateICmpNE(other, word(kMachineResult)), word_, machine);
  b_.SetInsertPoint(machine);
  V *boxed = wordOf(number, isInt ? Kind::CInt64 : Kind::CDouble);
  machine = b_.GetInsertBlock();
  b_.CreateBr(join);
  b_.SetInsertPoint(word_);
  raiseIfNull(*inst, other);
  // It is opened behind a guard only: of what is no such number, anything will do.
  V *opened = isInt ? b_.CreateAShr(other, 1)
                    : either(
                          hasKind(other, Kind::Float), false, [&] { return unboxFloat(other); },
                          [&]() -> V * { return llvm::ConstantFP::get(b_.getDoubleTy(), 0.0); });
  word_ = b_.GetInsertBlock();
  b_.CreateBr(join);
  b_.SetInsertPoint(join);
  auto *whole = b_.CreatePHI(b_.getInt64Ty(), 2), *open = b_.CreatePHI(number->getType(), 2);
  whole->addIncoming(boxed, machine);
  whole->addIncoming(other, word_);
  open->addIncoming(number, machine);
  open->addIncoming(opened, word_);
  results_[inst] = open;
  return whole;
}

/// Through the typed entry of the callee, if it has one that fits; the word of the result, or null.
llvm::Value *FunctionLowering::callTyped(Inst &inst) {
  const CodeUnit *unit = lowering_.findCode(lowering_.source().cells[size_t(inst.imms[0])].descriptor);
  const Lowering::TypedBody *callee = unit ? lowering_.typedBody(unit) : nullptr;
  if (!callee || callee->body->arg_size() != inst.operands.size())
    return nullptr;
  auto fits = [&](Inst *operand, const Type &param) {
    const Type &t = hir::Function::resolve(operand)->type;
    return param.is(Kind::CInt64)    ? t.is(Kind::Int) || t.is(Kind::CInt64)
           : param.is(Kind::CDouble) ? t.is(Kind::Float) || t.is(Kind::CDouble)
                                     : t.kindsOnly().isSubtypeOf(param.kindsOnly());
  };
  const std::vector<Inst *> &params = callee->source->entry()->params;
  for (size_t i = 0; i < params.size(); ++i)
    if (!fits(inst.operands[i + 1], params[i]->type))
      return nullptr;
  std::vector<V *> args = {arg(inst, 0)};
  for (size_t i = 0; i < params.size(); ++i) {
    Inst *operand = inst.operands[i + 1];
    args.push_back(params[i]->type.is(Kind::CInt64)    ? openedInt(operand)
                   : params[i]->type.is(Kind::CDouble) ? openedFloat(operand)
                                                       : value(operand));
  }
  V *result = b_.CreateCall(callee->body, args);
  return callee->source->typedResult.isEmpty() ? result : resultWord(&inst, *callee, result);
}

llvm::Value *FunctionLowering::callFunction(Inst &inst) {
  if (V *result = callTyped(inst))
    return result;
  const CodeUnit *unit = lowering_.findCode(lowering_.source().cells[size_t(inst.imms[0])].descriptor);
  llvm::Function *direct = unit ? lowering_.body(unit) : nullptr;
  if (direct && direct->arg_size() == inst.operands.size()) {
    std::vector<V *> args;
    for (Inst *operand : inst.operands)
      args.push_back(value(operand));
    return b_.CreateCall(direct, args);
  }
  for (size_t i = 1; i < inst.operands.size(); ++i)
    b_.CreateStore(arg(inst, i), windowAt(i - 1));
  V *result = rt_.nativeCallBoundPy(arg(inst, 0), window_, word(inst.operands.size() - 1));
  emptyWindow(inst, 1);
  return result;
}

/// Arguments and result as the table of runtime functions has them.
void FunctionLowering::callNative(Inst &inst) {
  const auto call = RtCall(inst.imms[0]);
  const RtCallInfo &info = rtCallInfo(call);
  std::vector<V *> args;
  for (size_t i = 0; i < inst.operands.size(); ++i)
    switch (info.params[i]) {
    case 'V':
    case 'o':
    case 'p':
      args.push_back(boxed(inst.operands[i]));
      break;
    case 'i':
    case 'I':
      args.push_back(b_.CreateTrunc(arg(inst, i), b_.getInt32Ty()));
      break;
    default:
      args.push_back(arg(inst, i));
      break;
    }
  V *result = rt_.emit(call, args);
  switch (info.result) {
  case 'v':
    set(inst, word(0x04));
    break;
  case 'e':
    set(inst, word(0x04));
    break;
  case 'i':
    set(inst, b_.CreateSExt(result, b_.getInt64Ty()));
    break;
  case 'I':
    set(inst, b_.CreateZExt(result, b_.getInt64Ty()));
    break;
  default:
    set(inst, asWord(result));
    break;
  }
  switch (info.error()) {
  case RtError::None:
    break;
  case RtError::Null:
    raiseIfNull(inst, asWord(result));
    break;
  case RtError::Negative:
    raiseIf(inst, b_.CreateICmpSLT(result, b_.getInt32(0)));
    break;
  case RtError::Pending:
    raiseIf(inst, b_.CreateIsNotNull(b_.CreateLoad(b_.getInt64Ty(), threadField(kThreadStatePendingOffset))));
    break;
  }
}

void FunctionLowering::genericOp(Inst &inst) {
  if (inst.bytecode() == Opcode::PushExc || inst.bytecode() == Opcode::PopExc) {
    V *handled = threadField(kThreadStateHandledOffset);
    set(inst, inst.bytecode() == Opcode::PushExc ? (V *)b_.CreateLoad(b_.getInt64Ty(), handled) : word(0x04));
    b_.CreateStore(boxed(inst.operands[0]), handled);
    return;
  }
  FastPath path{newBlock("slow"), newBlock("done"), {}};
  if (!fastBinary(path, inst) && !fastItem(path, inst)) {
    b_.CreateBr(path.slow);
    b_.SetInsertPoint(path.slow);
  }
  const OpcodeInfo &info = opcodeInfo(inst.bytecode());
  std::vector<V *> immediates;
  V *cache = null();
  size_t next = 1;
  for (const char *kind = info.operands; *kind; ++kind) {
    if (*kind == 'i')
      immediates.push_back(word(uint64_t(inst.imms[next++])));
    else if (*kind == 'k' || *kind == 'n')
      immediates.push_back(
          constantWord(inst.state ? inst.state->code : f_.code, uint32_t(inst.imms[next++]), *kind == 'n'));
    else if (*kind == 's') {
      ++next;
      auto *type = llvm::ArrayType::get(b_.getInt64Ty(), 4);
      cache = new llvm::GlobalVariable(lowering_.target(), type, false, llvm::GlobalValue::InternalLinkage,
                                       llvm::ConstantAggregateZero::get(type), "cache");
    }
  }
  immediates.resize(2, word0());
  for (size_t i = 0; i < inst.operands.size(); ++i)
    b_.CreateStore(boxed(inst.operands[i]), windowAt(i));
  llvm::Type *w = b_.getInt64Ty(), *p = b_.getPtrTy();
  auto operation = lowering_.target().getOrInsertFunction(std::string("krt_generic_") + info.name + "_py",
                                                          llvm::FunctionType::get(w, {p, w, w, w, p}, false));
  V *result =
      b_.CreateCall(operation, {window_, word(inst.operands.size()), immediates[0] ? immediates[0] : word0(),
                                immediates[1] ? immediates[1] : word0(), cache});
  if (!withExtras_.count(&inst))
    emptyWindow(inst, 0);
  if (hir::effectsOf(inst).mayRaise)
    raiseIfNull(inst, result);
  finish(path, result);
  b_.SetInsertPoint(path.done);
  auto *joined = b_.CreatePHI(b_.getInt64Ty(), unsigned(path.results.size()));
  for (auto &[v, from] : path.results)
    joined->addIncoming(v, from);
  set(inst, joined);
}

bool FunctionLowering::lowerCall(Inst &inst) {
  auto a = [&](size_t i) { return arg(inst, i); };
  V *result = nullptr;
  switch (inst.op) {
  case Op::Truth: {
    set(inst, truth(inst));
    return true;
  }
  case Op::GenericOp:
    genericOp(inst);
    return true;
  case Op::LongOp:
    longOp(inst);
    return true;
  case Op::ExtraResult:
    set(inst, b_.CreateLoad(b_.getInt64Ty(), windowAt(uint64_t(inst.imms[0]))));
    return true;
  case Op::SumStep: {
    // Both are small ints: their words, less one tag, are added; it is a small int if that does not overflow.
    V *total = a(0), *item = a(1);
    V *pair =
        b_.CreateBinaryIntrinsic(llvm::Intrinsic::sadd_with_overflow, b_.CreateSub(total, word(1)), item);
    V *ints = b_.CreateTrunc(b_.CreateAnd(total, item), b_.getInt1Ty());
    V *fits = b_.CreateAnd(ints, b_.CreateNot(b_.CreateExtractValue(pair, 1)));
    result = either(
        fits, false, [&]() -> V * { return b_.CreateExtractValue(pair, 0); },
        [&]() -> V * { return asWord(rt_.nativeSumStepPy(total, item)); });
    break;
  }
  case Op::IterNext: {
    result = rt_.nativeNextPy(a(0));
    set(inst, result);
    V *pending = either(
        b_.CreateIsNotNull(result), false, [&]() -> V * { return word0(); },
        [&]() -> V * { return b_.CreateLoad(b_.getInt64Ty(), threadField(kThreadStatePendingOffset)); });
    raiseIf(inst, b_.CreateIsNotNull(pending));
    return true;
  }
  case Op::Call:
  case Op::CallKw:
    result = call(inst, 0);
    break;
  case Op::CallFunction:
    result = callFunction(inst);
    if (results_.count(&inst)) {
      set(inst, result);
      return true;
    }
    break;
  case Op::CallInit:
    result = callFunction(inst);
    raiseIfNull(inst, result);
    raiseIfNull(inst, rt_.nativeCheckInit(result));
    return true;
  case Op::CallNative:
    callNative(inst);
    return true;
  case Op::ConcatStr:
    result = asWord(rt_.strConcat(a(0), a(1)));
    break;
  case Op::CheckBound:
  case Op::CheckCell: {
    BB *missing = newBlock("unbound"), *bound = newBlock("bound");
    set(inst, a(0));
    branchUnlikely(b_.CreateIsNull(a(0)), missing, bound);
    b_.SetInsertPoint(missing);
    V *owner = code(lowering_.number(inst.state->code));
    if (inst.is(Op::CheckBound))
      rt_.nativeUnbound(owner, b_.getInt32(uint32_t(inst.imms[0])));
    else
      rt_.nativeUnboundCell(owner,
                            nameWord(inst.state->code, lowering_.source().names[size_t(inst.imms[0])]));
    raised(inst, b_.getFalse());
    b_.SetInsertPoint(bound);
    return true;
  }
  case Op::Raise: {
    V *skip = rt_.nativeRaisePy(a(0), a(1));
    raised(inst, skip);
    b_.SetInsertPoint(newBlock("dead"));
    return true;
  }
  case Op::Reraise:
    rt_.nativeReraise(a(0));
    raised(inst, b_.getTrue());
    b_.SetInsertPoint(newBlock("dead"));
    return true;
  case Op::CatchException: {
    V *pending = threadField(kThreadStatePendingOffset);
    set(inst, b_.CreateLoad(b_.getInt64Ty(), pending));
    b_.CreateStore(word0(), pending);
    return true;
  }
  default:
    return false;
  }
  set(inst, result);
  raiseIfNull(inst, result);
  return true;
}

} // namespace krait
