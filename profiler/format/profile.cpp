// Merging. Why it is associative: a count is min(sum, 2^64 - 1), flags are ORed, and a multiset of kinds
// collapses exactly when an input was collapsed or the union of all inputs is past the limit, in whatever
// order they come.
#include "profiler/format/profile.h"

namespace krait {

uint64_t addSaturating(uint64_t left, uint64_t right) {
  uint64_t sum;
  return __builtin_add_overflow(left, right, &sum) ? UINT64_MAX : sum;
}

uint64_t multiplySaturating(uint64_t left, uint64_t right) {
  uint64_t product;
  return __builtin_mul_overflow(left, right, &product) ? UINT64_MAX : product;
}

void KindCounts::collapse() {
  entries.clear();
  many = true;
}

void KindCounts::add(const Key &key, uint64_t count) {
  if (isCollapsed())
    return;
  uint64_t &total = entries[key];
  total = addSaturating(total, count);
  if (entries.size() > kLimit)
    collapse();
}

namespace {
void addWeighted(uint64_t &target, uint64_t source, uint64_t weight) {
  target = addSaturating(target, multiplySaturating(source, weight));
}

void mergeKinds(KindCounts &target, const KindCounts &source, uint64_t weight) {
  if (target.isCollapsed() || source.isCollapsed())
    return target.collapse();
  for (const auto &[key, count] : source.entries)
    target.add(key, multiplySaturating(count, weight));
  target.many |= source.many;
}

template <typename Key>
void mergeCounts(std::map<Key, uint64_t> &target, const std::map<Key, uint64_t> &source, uint64_t weight) {
  for (const auto &[key, count] : source)
    addWeighted(target[key], count, weight);
}
} // namespace

void mergeFacts(Facts &target, const Facts &source, uint64_t weight) {
  addWeighted(target.count, source.count, weight);
  addWeighted(target.taken, source.taken, weight);
  target.overflow |= source.overflow;
  mergeKinds(target.types, source.types, weight);
  mergeKinds(target.raises, source.raises, weight);
  mergeKinds(target.finals, source.finals, weight);
}

void mergeFunction(FunctionProfile &target, const FunctionProfile &source, uint64_t weight) {
  addWeighted(target.entries, source.entries, weight);
  for (const auto &[index, facts] : source.arguments)
    mergeFacts(target.arguments[index], facts, weight);
  mergeFacts(target.result, source.result, weight);
  for (const auto &[key, facts] : source.sites)
    mergeFacts(target.sites[key], facts, weight);
}

bool mergeProfile(Profile &target, const Profile &source, uint64_t weight) {
  if (target.abi != source.abi)
    return false;
  for (const auto &[name, module] : source.modules) {
    ModuleProfile &into = target.modules[name];
    mergeCounts(into.imports, module.imports, weight);
    mergeCounts(into.opens, module.opens, weight);
    for (const auto &[key, function] : module.functions)
      mergeFunction(into.functions[key], function, weight);
  }
  return true;
}

} // namespace krait
