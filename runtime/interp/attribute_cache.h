// attribute_cache.h - what an attribute site remembers, and how it is filled.
//
// words[0]  Shape of the receiver (0: empty)
// words[1]  version of its class << 32 | AttributeKind
// words[2]  offset of the slot, entry position, the value found on the class, or the shape after a store
// words[3]  identity of the receiver (Type), version of the module's dictionary (Module), offset (Add)
//
// A hit needs the shape and the class version to be those remembered: then neither an attribute of the
// instance nor one along the MRO can have appeared, gone or changed since.
#pragma once

#include "runtime/abi/thread.h"
#include "runtime/object/class.h"

namespace krait {

enum class AttributeKind : uint32_t {
  None,
  Inline,     // words[2]: byte offset of the slot
  Overflow,   // words[2]: index in the overflow array
  ClassValue, // words[2]: the value, not bound
  Method,     // words[2]: the function; LoadMethod gives it with the receiver, LoadAttr binds
  Property,   // words[2]: the getter, called with the receiver
  Module,     // words[2]: entry position in the module's dictionary, words[3]: its version
  Type,       // receiver is the class words[3] itself; words[1] has its version; words[2]: the value
  Descriptor, // words[2]: a data descriptor of a native class (a field of a C object, an attribute written in
              // C++), asked each time
  Add,        // store: words[2] the shape afterwards, words[3] byte offset of the slot
};

inline uint64_t attributeKey(const Class *cls, AttributeKind kind) {
  return static_cast<uint64_t>(cls->version) << 32 | static_cast<uint64_t>(kind);
}
inline AttributeKind kindOf(const SiteCache &cache) {
  return static_cast<AttributeKind>(static_cast<uint32_t>(cache.words[1]));
}
/// Shape and class version are those remembered.
inline bool attributeHit(const SiteCache &cache, Value object) {
  if (!object.isObject())
    return false;
  Shape *shape = object.asObject()->shape;
  return cache.words[0] == reinterpret_cast<uint64_t>(shape) && cache.words[1] >> 32 == shape->cls->version;
}

/// Fills the cache of a site that misses from what sites learned of this shape and name before: a site whose
/// receivers have several shapes has room for one of them. True if it hits now.
bool attributeCacheShared(SiteCache &cache, Value object, Str *name);
bool attributeCacheSharedStore(SiteCache &cache, Value object, Str *name);

/// Remembers how [name] is found on [object], if that can be said in terms of its shape. Runs no user code.
void attributeCacheLoad(SiteCache &cache, Value object, Str *name);
void attributeCacheStore(SiteCache &cache, Value object, Shape *before, Str *name);

} // namespace krait
