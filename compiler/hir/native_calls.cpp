// native_calls.cpp - see native_calls.h.
#include "compiler/hir/native_calls.h"

#include "compiler/support/check.h"

#include <unordered_map>

namespace krait::hir {

namespace {

enum NativeEffects : uint32_t {
  kRtRaises = 1,
  kRtCollects = 2,
  kRtRunsPy = 4,
  kRtPure = 8,
  kRtNullOk = 16,
  kRtCold = 32,
  kRtLimitsReads = 64,
  kRtLimitsWrites = 128,
  kRtInline = 256,
};

enum Row : uint16_t {
#define RT_CALL(name, ...) k_##name,
#include "abi/RuntimeCalls.inc"
  kRows
};

#define RT_ALIAS(name) aliasBit(Alias::name)
const NativeCallInfo kCalls[] = {
#define RT_CALL(name, symbol, result, params, effects, reads, writes, resultClass, structs)                  \
  {symbol, result, params, static_cast<uint32_t>(effects), reads, writes, resultClass, structs},
#include "abi/RuntimeCalls.inc"
};

const NativeBinding kBindings[] = {
#define RT_BINDING(name, kind, bound, signature) {NativeCall(k_##name), kind, bound, signature},
#include "abi/RuntimeCalls.inc"
};

} // namespace

bool NativeCallInfo::raises() const { return effects & kRtRaises; }
bool NativeCallInfo::nullIsAnswer() const { return effects & kRtNullOk; }

std::string_view NativeCallInfo::structOf(size_t i) const {
  std::string_view rest = structs;
  for (; i > 0; --i)
    rest = rest.substr(rest.find(',') + 1);
  return rest.substr(0, rest.find(','));
}

size_t nativeCallCount() { return kRows; }
const NativeCallInfo &nativeCallInfo(NativeCall call) { return kCalls[size_t(call)]; }

int nativeCallBySymbol(std::string_view symbol) {
  static const auto *numbers = [] {
    auto *map = new std::unordered_map<std::string_view, int>;
    for (int i = 0; i < kRows; ++i)
      map->emplace(kCalls[i].symbol, i);
    return map;
  }();
  auto it = numbers->find(symbol);
  return it == numbers->end() ? -1 : it->second;
}

NativeCall nativeCall(std::string_view symbol) {
  int number = nativeCallBySymbol(symbol);
  KRAIT_CHECK(number >= 0, "no runtime function %.*s", int(symbol.size()), symbol.data());
  return NativeCall(number);
}

Effects nativeCallEffects(NativeCall call) {
  const NativeCallInfo &info = nativeCallInfo(call);
  if (info.effects & kRtRunsPy)
    return {kWorld, kWorld, true, true, false};
  bool pure = info.effects & kRtPure;
  AliasSet reads = pure ? 0 : info.effects & kRtLimitsReads ? AliasSet(info.reads) : kWorld;
  AliasSet writes = pure ? 0 : info.effects & kRtLimitsWrites ? AliasSet(info.writes) : kWorld;
  return {reads, writes, info.raises(), false, false};
}

const NativeBinding *nativeBinding(std::string_view name) {
  static const auto *names = [] {
    auto *map = new std::unordered_map<std::string_view, const NativeBinding *>;
    for (const NativeBinding &binding : kBindings)
      map->emplace(binding.name, &binding);
    return map;
  }();
  auto it = names->find(name);
  return it == names->end() ? nullptr : it->second;
}

Type typeOfStruct(std::string_view name) {
  static constexpr struct {
    std::string_view name;
    Kind kind;
  } kRows[] = {{"Str", Kind::Str},   {"Bytes", Kind::Bytes}, {"Tuple", Kind::Tuple}, {"List", Kind::List},
               {"Dict", Kind::Dict}, {"Range", Kind::Range}, {"Slice", Kind::Slice}};
  for (const auto &row : kRows)
    if (row.name == name)
      return row.kind;
  return {};
}

} // namespace krait::hir
