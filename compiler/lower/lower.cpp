// lower.cpp - see lower.h: what is common to the functions of a program.
#include "compiler/lower/lower.h"

#include "compiler/lower/function_lowering.h"

#include <llvm/IR/InlineAsm.h>

namespace krait {

using hir::Op;

uint32_t parameterCount(const CodeUnit &unit) {
  return unit.argcount + unit.kwonlyargcount + !!(unit.flags & kCodeVarArgs) +
         !!(unit.flags & kCodeVarKeywords);
}

Lowering::Lowering(llvm::Module &target, hir::Module &source, std::map<const CodeUnit *, uint32_t> numbers,
                   std::map<std::string, const CodeUnit *> names, LoweringOptions options)
    : target_(target), source_(source), numbers_(std::move(numbers)), names_(std::move(names)),
      options_(options), lines_(target, source) {
  auto *type = llvm::ArrayType::get(llvm::Type::getInt64Ty(target.getContext()), numbers_.size());
  codes_ = new llvm::GlobalVariable(target, type, false, llvm::GlobalValue::InternalLinkage,
                                    llvm::ConstantAggregateZero::get(type), "codes");
}

/// Names of built-ins that look into the variables of their caller, which compiled code does not keep in its
/// frame.
static bool readsOwnVariables(const CodeUnit *unit) {
  if (unit)
    for (const std::string &name : unit->names)
      for (const char *reader : {"locals", "vars", "dir", "eval", "exec", "_getframe", "currentframe"})
        if (name == reader)
          return true;
  return false;
}

std::string Lowering::declines(const hir::Function &function) {
  if (readsOwnVariables(function.module->codes[function.code].unit))
    return "reads its own variables by name";
  for (const hir::FrameState &state : function.stateStore)
    if (readsOwnVariables(function.module->codes[state.code].unit))
      return "inlined code reads its own variables by name";
  if (function.kind != hir::FunctionKind::loop &&
      !(function.module->codes[function.code].unit->flags & kCodeOptimized))
    return "module code runs once; its loops are entered";
  return {};
}

const CodeUnit *Lowering::findCode(const std::string &name) const {
  // The descriptor of a method says behind the equals sign which function it is.
  auto found = names_.find(name.substr(name.find('=') + 1));
  return found == names_.end() ? nullptr : found->second;
}

llvm::Function *Lowering::body(const CodeUnit *unit) const {
  auto found = bodies_.find(unit);
  return found == bodies_.end() ? nullptr : found->second;
}

const Lowering::TypedBody *Lowering::typedBody(const CodeUnit *unit) const {
  auto found = typed_.find(unit);
  return found == typed_.end() ? nullptr : &found->second;
}

void Lowering::declareTyped(hir::Function &function) {
  llvm::LLVMContext &context = target_.getContext();
  llvm::Type *w = llvm::Type::getInt64Ty(context), *real = llvm::Type::getDoubleTy(context), *result = w;
  std::vector<llvm::Type *> params = {w};
  for (const hir::Inst *param : function.entry()->params)
    params.push_back(param->type.is(hir::Kind::CDouble) ? real : w);
  if (!function.typedResult.isEmpty())
    result = llvm::StructType::get(function.typedResult.is(hir::Kind::Float) ? real : w, w);
  auto *body = llvm::Function::Create(llvm::FunctionType::get(result, params, false),
                                      llvm::GlobalValue::InternalLinkage, function.name, target_);
  body->setDoesNotThrow();
  mark(body, source_.codes[function.code].unit);
  typed_[source_.codes[function.code].unit] = {body, &function};
}

void Lowering::mark(llvm::Function *made, const CodeUnit *unit) {
  if (options_.cold.count(unit))
    made->addFnAttr(kColdFunction);
}

void Lowering::declare(hir::Function &function) {
  if (function.typed)
    return declareTyped(function);
  const CodeUnit *unit = source_.codes[function.code].unit;
  llvm::Type *w = llvm::Type::getInt64Ty(target_.getContext());
  bool generator = function.kind == hir::FunctionKind::generator;
  if (function.kind == hir::FunctionKind::loop)
    return;
  std::vector<llvm::Type *> params(generator ? 2 : 1 + parameterCount(*unit), w);
  auto *body = llvm::Function::Create(llvm::FunctionType::get(w, params, false),
                                      llvm::GlobalValue::InternalLinkage, function.name, target_);
  (generator ? resumes_ : bodies_)[unit] = body;
  body->setDoesNotThrow();
  mark(body, unit);
}

void Lowering::lower(hir::Function &function) {
  const CodeUnit *unit = source_.codes[function.code].unit;
  if (function.kind == hir::FunctionKind::generator) {
    FunctionLowering(*this, function, resumes_.at(unit)).run();
    llvm::Type *w = llvm::Type::getInt64Ty(target_.getContext()),
               *p = llvm::PointerType::getUnqual(target_.getContext());
    auto entry = target_.getOrInsertFunction("krt_generator_entry_py",
                                             llvm::FunctionType::get(w, {w, p, w, p}, false));
    entries_[numbers_.at(unit)] = llvm::cast<llvm::Function>(entry.getCallee());
    resumeEntries_[numbers_.at(unit)] = resumes_.at(unit);
    return;
  }
  if (function.kind == hir::FunctionKind::loop) {
    llvm::Type *w = llvm::Type::getInt64Ty(target_.getContext());
    auto *loop =
        llvm::Function::Create(llvm::FunctionType::get(w, {w}, false), llvm::GlobalValue::InternalLinkage,
                               function.name + ".loop" + std::to_string(function.entryOffset), target_);
    loop->setDoesNotThrow();
    mark(loop, unit);
    loops_[numbers_.at(unit)].push_back({function.entryOffset, loop});
    FunctionLowering(*this, function, loop).run();
    return;
  }
  if (function.typed)
    return FunctionLowering(*this, function, typed_.at(unit).body).run();
  FunctionLowering(*this, function, bodies_.at(unit)).run();
  makeEntry(function, numbers_.at(unit), bodies_.at(unit));
}

llvm::GlobalVariable *Lowering::constant(uint32_t code, uint32_t index, uint32_t kind) {
  llvm::GlobalVariable *&slot = constantSlots_[{code, index, kind}];
  if (!slot) {
    llvm::Type *w = llvm::Type::getInt64Ty(target_.getContext());
    slot = new llvm::GlobalVariable(target_, w, false, llvm::GlobalValue::InternalLinkage,
                                    llvm::ConstantInt::get(w, 0), "constant");
    constants_.push_back({slot, code, index, kind});
  }
  return slot;
}

/// The table itself is made when all cells are known; this is its declaration.
llvm::GlobalVariable *Lowering::cellTable() {
  if (llvm::GlobalVariable *table = target_.getNamedGlobal("krt_program_cells"))
    return table;
  return new llvm::GlobalVariable(target_, llvm::Type::getInt8Ty(target_.getContext()), false,
                                  llvm::GlobalValue::ExternalLinkage, nullptr, "krt_program_cells");
}

llvm::Constant *Lowering::makeUse(uint32_t number) {
  llvm::GlobalVariable *&made = uses_[number];
  if (!made) {
    llvm::Type *i64 = llvm::Type::getInt64Ty(target_.getContext()),
               *i32 = llvm::Type::getInt32Ty(target_.getContext());
    auto *type = llvm::StructType::get(i64, i64, i32, i32);
    made = new llvm::GlobalVariable(target_, type, false, llvm::GlobalValue::InternalLinkage,
                                    llvm::ConstantAggregateZero::get(type), "use");
  }
  return made;
}

llvm::Constant *Lowering::use(uint32_t number) const {
  auto found = uses_.find(number);
  return found == uses_.end()
             ? llvm::ConstantPointerNull::get(llvm::PointerType::getUnqual(target_.getContext()))
             : static_cast<llvm::Constant *>(found->second);
}

llvm::Function *Lowering::leaveHelper(size_t values, bool loop, bool counted) {
  llvm::IRBuilder<> b(target_.getContext());
  RuntimeCalls rt(target_, b);
  std::string name = loop ? "leaveLoop." : counted ? "leaveCounted." : "leave.";
  bool made = target_.getFunction(name + std::to_string(values));
  llvm::Function *helper =
      coldHelper(name, rt.declare(loop ? RtCall::deoptLeaveLoopPy : RtCall::deoptLeavePy), 3, values);
  if (made)
    return helper;
  if (counted) {
    b.SetInsertPoint(helper->getEntryBlock().getFirstNonPHI());
    uncount(b, target_);
  }
  // What the body keeps in registers is dead now. It must not be saved by what is called, or the collector
  // would find it there for as long as the interpreter goes on with the activation: so nobody saves it, and
  // it is wiped.
  if (options_.quick)
    return helper;
  helper->setCallingConv(llvm::CallingConv::PreserveNone);
  for (llvm::Instruction &inst : helper->getEntryBlock())
    if (auto *call = llvm::dyn_cast<llvm::CallInst>(&inst)) {
      b.SetInsertPoint(call);
      auto *wipe = llvm::InlineAsm::get(
          llvm::FunctionType::get(b.getVoidTy(), false),
          "xorl %ebx, %ebx; xorl %r12d, %r12d; xorl %r13d, %r13d; xorl %r14d, %r14d; xorl %r15d, %r15d",
          "~{rbx},~{r12},~{r13},~{r14},~{r15},~{dirflag},~{fpsr},~{flags}", true);
      b.CreateCall(wipe);
      break;
    }
  return helper;
}

llvm::Function *Lowering::traceHelper(size_t values) {
  llvm::IRBuilder<> b(target_.getContext());
  return coldHelper("trace.", RuntimeCalls(target_, b).declare(RtCall::deoptTrace), 4, values);
}

llvm::Function *Lowering::raiseHelper(size_t values, bool loop) {
  llvm::IRBuilder<> b(target_.getContext());
  RtCall operation = loop ? RtCall::deoptRaiseLoop : RtCall::deoptRaisePy;
  return coldHelper(loop ? "raiseLoop." : "raise.", RuntimeCalls(target_, b).declare(operation), loop ? 2 : 3,
                    values);
}

llvm::Function *Lowering::showHelper(size_t values) {
  llvm::IRBuilder<> b(target_.getContext());
  return coldHelper("show.", RuntimeCalls(target_, b).declare(RtCall::deoptShow), 2, values);
}

/// The array of values is the third argument of [operation]; their number stands in front of it.
llvm::Function *Lowering::coldHelper(const std::string &name, llvm::Function *operation, size_t fixed,
                                     size_t values) {
  std::string full = name + std::to_string(values);
  if (llvm::Function *made = target_.getFunction(full))
    return made;
  llvm::IRBuilder<> b(target_.getContext());
  llvm::FunctionType *type = operation->getFunctionType();
  std::vector<llvm::Type *> params(type->param_begin(), type->param_end());
  params.erase(params.begin() + 2);
  params.insert(params.end(), values, b.getInt64Ty());
  auto *helper = llvm::Function::Create(llvm::FunctionType::get(type->getReturnType(), params, false),
                                        llvm::GlobalValue::InternalLinkage, full, target_);
  helper->setDoesNotThrow();
  for (auto attribute : {llvm::Attribute::NoInline, llvm::Attribute::Cold, llvm::Attribute::OptimizeForSize})
    helper->addFnAttr(attribute);
  b.SetInsertPoint(llvm::BasicBlock::Create(target_.getContext(), "start", helper));
  llvm::Value *array = b.CreateAlloca(b.getInt64Ty(), b.getInt64(values + 1));
  b.CreateStore(b.getInt64(values), array);
  array = b.CreateConstInBoundsGEP1_64(b.getInt64Ty(), array, 1);
  for (size_t i = 0; i < values; ++i)
    b.CreateStore(helper->getArg(unsigned(fixed + i)),
                  b.CreateConstInBoundsGEP1_64(b.getInt64Ty(), array, i));
  std::vector<llvm::Value *> args;
  for (size_t i = 0; i < fixed; ++i)
    args.push_back(helper->getArg(unsigned(i)));
  args.insert(args.begin() + 2, array);
  llvm::Value *result = b.CreateCall(operation, args);
  if (type->getReturnType()->isVoidTy())
    b.CreateRetVoid();
  else
    b.CreateRet(result);
  return helper;
}

/// Value(callee, args, nargs, kwnames): arguments that need no binding are passed on as they are.
void Lowering::makeEntry(const hir::Function &function, uint32_t number, llvm::Function *body) {
  const CodeUnit &unit = *source_.codes[function.code].unit;
  llvm::LLVMContext &context = target_.getContext();
  llvm::IRBuilder<> b(context);
  RuntimeCalls rt(target_, b);
  llvm::Type *w = b.getInt64Ty(), *p = b.getPtrTy();
  auto *entry =
      llvm::Function::Create(llvm::FunctionType::get(w, {w, p, w, p}, false),
                             llvm::GlobalValue::InternalLinkage, body->getName() + ".entry", target_);
  entries_[number] = entry;
  mark(entry, &unit);
  b.SetCurrentDebugLocation(lines_.start(lines_.attach(*entry, function.code)));
  uint32_t count = parameterCount(unit);
  auto *start = llvm::BasicBlock::Create(context, "start", entry),
       *plain = llvm::BasicBlock::Create(context, "plain", entry);
  auto *bind = llvm::BasicBlock::Create(context, "bind", entry),
       *failed = llvm::BasicBlock::Create(context, "failed", entry);
  auto *bound = llvm::BasicBlock::Create(context, "bound", entry);
  b.SetInsertPoint(start);
  llvm::Value *registers = b.CreateAlloca(w, b.getInt64(count + 1));
  auto pass = [&](llvm::Value *from, bool own) {
    std::vector<llvm::Value *> args = {entry->getArg(0)};
    for (uint32_t i = 0; i < count; ++i) {
      llvm::Value *at = b.CreateConstInBoundsGEP1_64(w, from, i);
      args.push_back(b.CreateLoad(w, at));
      if (own) // what the body drops must not stay reachable from here
        b.CreateStore(b.getInt64(0), at);
    }
    b.CreateRet(b.CreateCall(body, args));
  };
  bool simple = count == unit.argcount;
  llvm::Value *fits = b.CreateAnd(b.CreateICmpEQ(entry->getArg(2), b.getInt64(unit.argcount)),
                                  b.CreateIsNull(entry->getArg(3)));
  b.CreateCondBr(simple ? fits : b.getFalse(), plain, bind);
  b.SetInsertPoint(plain);
  pass(entry->getArg(1), false);
  b.SetInsertPoint(bind);
  for (uint32_t i = 0; i <= count; ++i)
    b.CreateStore(b.getInt64(0), b.CreateConstInBoundsGEP1_64(w, registers, i));
  b.CreateCondBr(
      rt.bindArgumentsPy(entry->getArg(0), entry->getArg(1), entry->getArg(2), entry->getArg(3), registers),
      bound, failed);
  b.SetInsertPoint(failed);
  b.CreateRet(b.getInt64(0));
  b.SetInsertPoint(bound);
  pass(registers, true);
}

} // namespace krait
