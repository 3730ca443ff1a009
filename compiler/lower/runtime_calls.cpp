// runtime_calls.cpp - see runtime_calls.h.
#include "compiler/lower/runtime_calls.h"

#include "abi/AbiHash.inc"

#include <llvm/Transforms/Utils/ModuleUtils.h>

namespace krait {

namespace {

#define RT_ALIAS(name) (1u << static_cast<uint32_t>(RtAlias::name))
const RtCallInfo kCalls[] = {
#define RT_CALL(name, symbol, result, params, effects, reads, writes, resultClass, structs)                  \
  {#name, symbol, result, params, static_cast<uint32_t>(effects), reads, writes, resultClass},
#include "abi/RuntimeCalls.inc"
};

const RtBinding kBindings[] = {
#define RT_BINDING(name, kind, bound, signature) {RtCall::name, kind, bound, signature},
#include "abi/RuntimeCalls.inc"
    {}};

bool isScalar(char letter) { return std::strchr("vbcChHiIlLdf", letter) != nullptr; }

bool onlyScalars(const RtCallInfo &info) {
  for (const char *letter = info.params; *letter; ++letter)
    if (!isScalar(*letter))
      return false;
  return isScalar(info.result);
}

} // namespace

RtError RtCallInfo::error() const {
  if (!raises())
    return RtError::None;
  if (result == 'e')
    return RtError::Negative;
  if ((result == 'V' || result == 'o') && !(effects & kRtNullOk))
    return RtError::Null;
  return RtError::Pending;
}

const RtCallInfo &rtCallInfo(RtCall call) { return kCalls[static_cast<size_t>(call)]; }

const RtBinding *findRtBinding(std::string_view name) {
  for (const RtBinding *binding = kBindings; binding->name; ++binding)
    if (name == binding->name)
      return binding;
  return nullptr;
}

llvm::Type *RuntimeCalls::typeOf(char letter) {
  llvm::LLVMContext &context = module_.getContext();
  switch (letter) {
  case 'v': return llvm::Type::getVoidTy(context);
  case 'V': return llvm::Type::getInt64Ty(context);
  case 'o':
  case 'p': return llvm::PointerType::getUnqual(context);
  case 'b': return llvm::Type::getInt1Ty(context);
  case 'c':
  case 'C': return llvm::Type::getInt8Ty(context);
  case 'h':
  case 'H': return llvm::Type::getInt16Ty(context);
  case 'e':
  case 'i':
  case 'I': return llvm::Type::getInt32Ty(context);
  case 'l':
  case 'L': return llvm::Type::getInt64Ty(context);
  case 'd': return llvm::Type::getDoubleTy(context);
  case 'f': return llvm::Type::getFloatTy(context);
  default: llvm_unreachable("a runtime call with a type that compiled code cannot pass");
  }
}

/// The C ABI's extension of narrow integers.
static llvm::Attribute::AttrKind extension(char letter) {
  switch (letter) {
  case 'b':
  case 'C':
  case 'H': return llvm::Attribute::ZExt;
  case 'c':
  case 'h': return llvm::Attribute::SExt;
  default: return llvm::Attribute::None;
  }
}

void RuntimeCalls::addAttributes(llvm::Function *function, const RtCallInfo &info) {
  function->setDoesNotThrow();
  if (llvm::Attribute::AttrKind kind = extension(info.result))
    function->addRetAttr(kind);
  unsigned index = 0;
  for (const char *letter = info.params; *letter; ++letter, ++index) {
    if (llvm::Attribute::AttrKind kind = extension(*letter))
      function->addParamAttr(index, kind);
    index += *letter == 's';
  }
  if (info.effects & kRtCold)
    function->addFnAttr(llvm::Attribute::Cold);
  // Raising writes the thread's state and allocating its free lists, both of which compiled code looks at.
  if (info.effects & (kRtRaises | kRtCollects | kRtRunsPy))
    return;
  bool pure = info.effects & kRtPure;
  if (pure || ((info.effects & kRtLimitsWrites) && info.writes == 0)) {
    function->setWillReturn();
    if (pure && onlyScalars(info))
      function->setDoesNotAccessMemory();
    else
      function->setOnlyReadsMemory();
  }
}

llvm::Function *RuntimeCalls::declare(RtCall call) {
  const RtCallInfo &info = rtCallInfo(call);
  if (llvm::Function *function = module_.getFunction(info.symbol))
    return function;
  llvm::SmallVector<llvm::Type *, 8> params;
  for (const char *letter = info.params; *letter; ++letter) {
    if (*letter == 's') { // ArgSpan: a pointer and a length in two registers
      params.push_back(typeOf('p'));
      params.push_back(typeOf('L'));
    } else {
      params.push_back(typeOf(*letter));
    }
  }
  auto *type = llvm::FunctionType::get(typeOf(info.result), params, false);
  llvm::Function *function = llvm::Function::Create(type, llvm::Function::ExternalLinkage, info.symbol, module_);
  addAttributes(function, info);
  return function;
}

llvm::Value *RuntimeCalls::cast(llvm::Value *value, llvm::Type *type) {
  if (value->getType() == type)
    return value;
  if (type->isPointerTy())
    return builder_.CreateIntToPtr(value, type);
  return builder_.CreatePtrToInt(value, type);
}

llvm::CallInst *RuntimeCalls::emit(RtCall call, llvm::Value *const *args, size_t count) {
  llvm::Function *function = declare(call);
  llvm::SmallVector<llvm::Value *, 8> list;
  for (size_t i = 0; i < count; ++i)
    list.push_back(cast(args[i], function->getFunctionType()->getParamType(i)));
  llvm::CallInst *result = builder_.CreateCall(function, list);
  result->setAttributes(function->getAttributes());
  return result;
}

void RuntimeCalls::requireAbi() {
  const char *symbol = "krt_abi_" KRAIT_ABI_HASH;
  if (module_.getNamedGlobal(symbol))
    return;
  llvm::LLVMContext &context = module_.getContext();
  auto *mark = new llvm::GlobalVariable(module_, llvm::Type::getInt8Ty(context), true, llvm::GlobalValue::ExternalLinkage, nullptr, symbol);
  // A pointer that nothing reads but that must stay: the reference the linker has to resolve.
  auto *reference = new llvm::GlobalVariable(module_, mark->getType(), true, llvm::GlobalValue::PrivateLinkage, mark, "krt_abi_reference");
  llvm::appendToUsed(module_, {reference});
}

} // namespace krait
