// native_calls.h - the runtime functions that CallNative can call: what abigen read off the annotated headers, for the
// middle end. Lowering has the same table as typed calls (compiler/lower/runtime_calls.h).
#pragma once

#include "compiler/hir/hir.h"

#include <string_view>

namespace krait::hir {

/// Row of the generated table; its number is good for one build only, texts have the symbol.
enum class NativeCall : uint16_t {};

struct NativeCallInfo {
  const char *symbol;
  char result;        // letters: compiler/abigen/README.md
  const char *params;
  uint32_t effects;   // NativeEffects
  uint32_t reads, writes;
  const char *resultClass;
  const char *structs; // of parameters and, last, result: "Str,,Str"

  bool raises() const;
  bool nullIsAnswer() const;
  /// The struct behind parameter [i], "" if it is no object; the result's for i = number of parameters.
  std::string_view structOf(size_t i) const;
};

/// A built-in as Python names it ("list.append", "math.sqrt").
struct NativeBinding {
  NativeCall call;
  const char *kind; // "function", "method", ...
  const char *name;
  const char *signature; // "list.append(self, object, /)"
};

size_t nativeCallCount();
const NativeCallInfo &nativeCallInfo(NativeCall call);
/// Its number, or -1.
int nativeCallBySymbol(std::string_view symbol);
/// The one of that symbol, which must exist.
NativeCall nativeCall(std::string_view symbol);
Effects nativeCallEffects(NativeCall call);
const NativeBinding *nativeBinding(std::string_view name);
/// The HIR kind of instances of a struct of the runtime ("Str"); empty if it has none of its own.
Type typeOfStruct(std::string_view name);

} // namespace krait::hir
