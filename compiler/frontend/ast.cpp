// Names of node classes and the owner of trees.
#include "compiler/frontend/ast.h"

namespace krait::ast {

const char *className(NodeKind kind) {
  static constexpr const char *kNames[] = {
#define AST_NODE(Sum, Name, fields) #Name,
#define AST_PRODUCT(Name, python, Base, fields) #python,
#include "compiler/frontend/Ast.def"
  };
  return kNames[size_t(kind)];
}

static uint32_t hashText(std::string_view text) {
  uint32_t hash = 2166136261u;
  for (unsigned char c : text)
    hash = (hash ^ c) * 16777619u;
  return hash ^ (hash >> 15);
}

Identifier AstContext::intern(std::string_view text) {
  if (used_ * 2 >= table_.size()) {
    std::vector<Identifier> old(table_.empty() ? 256 : table_.size() * 2);
    old.swap(table_);
    for (Identifier name : old) {
      if (!name)
        continue;
      size_t slot = name->hash & (table_.size() - 1);
      while (table_[slot])
        slot = (slot + 1) & (table_.size() - 1);
      table_[slot] = name;
    }
  }
  uint32_t hash = hashText(text);
  size_t slot = hash & (table_.size() - 1);
  while (Identifier name = table_[slot]) {
    if (name->hash == hash && name->view() == text)
      return name;
    slot = (slot + 1) & (table_.size() - 1);
  }
  auto *name = static_cast<IdentifierData *>(arena_.allocate(sizeof(IdentifierData) + text.size() + 1));
  name->size = uint32_t(text.size());
  name->hash = hash;
  char *bytes = reinterpret_cast<char *>(name + 1);
  if (!text.empty())
    std::memcpy(bytes, text.data(), text.size());
  bytes[text.size()] = 0;
  used_++;
  return table_[slot] = name;
}

Constant *AstContext::makeInt(int64_t value) {
  Constant *constant = makeConstant(ConstantKind::Int);
  constant->negative = value < 0;
  constant->limbs = nullptr;
  constant->limbCount = 0;
  if (value) {
    uint64_t magnitude = value < 0 ? 0 - uint64_t(value) : uint64_t(value);
    constant->limbs = arena_.create<uint64_t>(magnitude);
    constant->limbCount = 1;
  }
  return constant;
}

} // namespace krait::ast
