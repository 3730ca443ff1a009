// shape.cpp - hidden classes: roots, transitions by added attribute, look-up of an attribute's index.
//
// Shapes of a class form a tree: a child adds one attribute to its parent. A shape's attributes are therefore the names on
// the way to the root; index = count of the parent. Short ways are walked, long ones get a table at the first look-up.
// Trees that grow without end (attribute names made from data) are cut: krt_shape_add answers null, and the object goes
// over to dict mode.
#include "runtime/gc/gc.h"
#include "runtime/object/class.h"

namespace krait {
namespace {

constexpr uint32_t kMaxAttributes = 256, kMaxChildren = 128, kWalkedAttributes = 6;
uint32_t nextShapeId = 1;

/// Open hash table from interned names to words, in collected memory.
struct NameTable {
  struct Entry {
    Str *name;
    uint64_t word;
  };
  uint32_t mask, used;
  Entry entries[];

  static uint32_t start(const Str *name) {
    return static_cast<uint32_t>((reinterpret_cast<uint64_t>(name) >> 4) * 0x9E3779B97F4A7C15u >> 32);
  }
  static NameTable *make(uint32_t size) {
    auto *table = static_cast<NameTable *>(gcAllocate(sizeof(NameTable) + size * sizeof(Entry)));
    table->mask = size - 1;
    return table;
  }
  Entry *find(const Str *name) {
    for (uint32_t i = start(name);; ++i) {
      Entry *entry = &entries[i & mask];
      if (entry->name == name)
        return entry;
      if (!entry->name)
        return nullptr;
    }
  }
  void insertNew(Str *name, uint64_t word) {
    uint32_t i = start(name);
    while (entries[i & mask].name)
      ++i;
    entries[i & mask] = {name, word};
    ++used;
  }
};

Shape *makeShape(Class *cls, uint32_t flags) {
  auto *shape = static_cast<Shape *>(gcAllocate(sizeof(Shape)));
  shape->cls = cls;
  shape->flags = flags;
  shape->id = nextShapeId++;
  return shape;
}

} // namespace

Shape *krt_shape_new_root(Class *cls, uint32_t flags) {
  Shape *shape = makeShape(cls, flags);
  shape->inlineSlots = flags & kShapeHasExtra ? cls->inlineSlots : 0;
  return shape;
}

int64_t krt_shape_find(const Shape *shape, Str *name) {
  if (shape->count <= kWalkedAttributes) {
    for (; shape->name; shape = shape->parent)
      if (shape->name == name)
        return shape->count - 1;
    return -1;
  }
  auto *table = static_cast<NameTable *>(shape->table);
  if (!table) {
    uint32_t size = 16;
    while (size < shape->count * 2)
      size *= 2;
    table = NameTable::make(size);
    for (const Shape *at = shape; at->name; at = at->parent)
      table->insertNew(at->name, at->count - 1);
    const_cast<Shape *>(shape)->table = table;
  }
  NameTable::Entry *entry = table->find(name);
  return entry ? static_cast<int64_t>(entry->word) : -1;
}

Shape *krt_shape_add(Shape *shape, Str *name) {
  auto *children = static_cast<NameTable *>(shape->transitions);
  if (children)
    if (NameTable::Entry *entry = children->find(name))
      return reinterpret_cast<Shape *>(entry->word);
  if (shape->count >= kMaxAttributes || (children && children->used >= kMaxChildren))
    return nullptr;
  if (!children) {
    children = NameTable::make(2);
  } else if (children->used * 2 > children->mask) {
    NameTable *grown = NameTable::make((children->mask + 1) * 2);
    for (uint32_t i = 0; i <= children->mask; ++i)
      if (children->entries[i].name)
        grown->insertNew(children->entries[i].name, children->entries[i].word);
    children = grown;
  }
  Shape *child = makeShape(shape->cls, shape->flags);
  child->inlineSlots = shape->inlineSlots;
  child->count = shape->count + 1;
  child->parent = shape;
  child->name = name;
  children->insertNew(name, reinterpret_cast<uint64_t>(child));
  shape->transitions = children;
  return child;
}

} // namespace krait
