// runtime_calls.h - the runtime as compiled code sees it: one typed call per annotated runtime function.
//
//   RuntimeCalls rt(module, builder);
//   llvm::Value *list = rt.listNew(builder.getInt64(4));
//   rt.listAppendSlow(list, item);
//
// Calls, symbols, types and effects come from abi/RuntimeCalls.inc, which abigen makes from the annotated headers; the
// number of arguments is checked when the compiler is compiled. Values are i64, pointers ptr; an argument of the other
// kind is cast. What a result means (errors) is told by RtCallInfo::error.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>

namespace krait {

enum class RtCall : uint16_t {
#define RT_CALL(name, ...) name,
#include "abi/RuntimeCalls.inc"
  Count
};

enum RtEffects : uint32_t {
  kRtRaises = 1,
  kRtCollects = 2,
  kRtRunsPy = 4,
  kRtPure = 8,
  kRtNullOk = 16,
  kRtCold = 32,
  kRtInline = 256, // defined in a header: has a body only in the runtime's bitcode
  kRtLimitsReads = 64,   // reads only what RtCallInfo::reads says
  kRtLimitsWrites = 128, // writes only what RtCallInfo::writes says
};

/// The alias classes of HIR (compiler/hir/AliasClasses.def) as bits.
enum class RtAlias : uint32_t {
#define ALIAS(Name, ...) Name,
#include "compiler/hir/AliasClasses.def"
};

/// How a caller sees that an exception is pending after the call.
enum class RtError : uint8_t {
  None,     // it does not raise
  Null,     // the result is null
  Negative, // the result is a negative int
  Pending,  // only ThreadState::pending tells
};

struct RtCallInfo {
  const char *name;
  const char *symbol;
  char result;        // letters: compiler/abigen/README.md
  const char *params;
  uint32_t effects;   // RtEffects
  uint32_t reads, writes; // bits of RtAlias, where limited
  const char *resultClass; // "" if not known

  bool raises() const { return effects & kRtRaises; }
  RtError error() const;
};

/// A name under which Python reaches a runtime function.
struct RtBinding {
  RtCall call;
  const char *kind;      // "function", "method", "classmethod", ...
  const char *name;      // "math.sqrt", "list.append"
  const char *signature; // "math.sqrt(x, /)"
};

const RtCallInfo &rtCallInfo(RtCall call);
/// The typed function behind a built-in ("list.append"), or null.
const RtBinding *findRtBinding(std::string_view name);

/// kListSize, kListLengthOffset, ...
#define LAYOUT(Struct, size, align, cls) constexpr uint32_t k##Struct##Size = size;
#define FIELD(Struct, Suffix, name, offset, size, letter) constexpr uint32_t k##Struct##Suffix##Offset = offset;
#include "abi/Layouts.inc"

class RuntimeCalls {
public:
  RuntimeCalls(llvm::Module &module, llvm::IRBuilderBase &builder) : module_(module), builder_(builder) {}

#define RT_CALL(name, symbol, result, params, ...)                                                           \
  template <typename... Args> llvm::CallInst *name(Args... args) {                                           \
    static_assert(sizeof...(Args) == machineWords(params), #name " takes " params);                          \
    llvm::Value *const list[] = {args..., nullptr};                                                          \
    return emit(RtCall::name, list, sizeof...(Args));                                                        \
  }
#include "abi/RuntimeCalls.inc"

  llvm::CallInst *emit(RtCall call, llvm::ArrayRef<llvm::Value *> args) { return emit(call, args.data(), args.size()); }
  /// Declared at first use, with its attributes.
  llvm::Function *declare(RtCall call);
  /// Makes the module refer to the runtime's ABI hash, so that it links with no other runtime.
  void requireAbi();

private:
  static constexpr size_t machineWords(const char *letters) {
    size_t n = 0;
    for (; *letters; ++letters)
      n += *letters == 's' ? 2 : 1;
    return n;
  }
  llvm::CallInst *emit(RtCall call, llvm::Value *const *args, size_t count);
  llvm::Type *typeOf(char letter);
  llvm::Value *cast(llvm::Value *value, llvm::Type *type);
  void addAttributes(llvm::Function *function, const RtCallInfo &info);

  llvm::Module &module_;
  llvm::IRBuilderBase &builder_;
};

} // namespace krait
