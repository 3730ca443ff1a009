// _elementtree_builder.cpp - see _elementtree_builder.h.
#include "stdlib/native/_elementtree_builder.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/function.h"
#include "stdlib/native/_collections.h"
#include "stdlib/native/_elementtree.h"
#include "stdlib/native/class_module.h"

#include "stdlib/native/_elementtree_builder.bind.inc"

namespace krait {

namespace {

TreeBuilder *builderOf(Value v) { return v.as<TreeBuilder>(); }

Value makeBuilder(Class *cls, const Value *, size_t, Tuple *) { return krt_instance_new(cls, 0); }

/// TreeBuilder(element_factory=None, *, comment_factory=None, pi_factory=None, insert_comments=False,
/// insert_pis=False)
int initBuilder(Value v, const Value *args, size_t nargs, Tuple *kwnames) {
  KRT_ALLOW_PY("the slot init may run Python code");
  static const ParamInfo params[] = {{"element_factory", false, false},
                                     {"comment_factory", false, false},
                                     {"pi_factory", false, false},
                                     {"insert_comments", false, false},
                                     {"insert_pis", false, false}};
  static const SignatureInfo signature = {
      "TreeBuilder", "tree_builder", &krt_tree_builder_class, NativeKind::New, 0, 1, 0, 5, false,
      false,         params};
  Value out[5];
  if (!krt_args_parse(&signature, args, nargs, kwnames, out, nullptr, nullptr))
    return -1;
  bool insert[2] = {};
  for (int i = 0; i < 2; ++i)
    if (out[3 + i] && !krt_arg_bool_py(out[3 + i], &insert[i]))
      return -1;
  auto factory = [](Value given, Value usual) { return given && given != kNone ? given : usual; };
  TreeBuilder *self = builderOf(v);
  self->elementFactory = factory(out[0], {});
  self->commentFactory = factory(out[1], elementCommentFactory);
  self->instructionFactory = factory(out[2], elementInstructionFactory);
  self->insertComments = insert[0] && self->commentFactory;
  self->insertInstructions = insert[1] && self->instructionFactory;
  return 0;
}

/// The text gathered in bytes, as an object. Texts between elements are mostly those of other places.
Str *takeText(TreeBuilder *self) {
  std::string_view text(self->text, self->textSize);
  self->textSize = 0;
  unsigned char first = static_cast<unsigned char>(text[0]);
  if (first > ' ')
    return strFrom(text);
  Str *&known = self->known[text.size() % std::size(self->known)];
  if (!known || !known->isAscii() || known->length() != static_cast<int64_t>(text.size()) ||
      std::memcmp(known->data1(), text.data(), text.size()) != 0)
    known = strFrom(text);
  return known;
}

/// Puts the text gathered in bytes among the pieces, where other objects are to follow.
void settleText(TreeBuilder *self) {
  if (self->textSize)
    self->pieces.push(takeText(self));
}

Value join(const Value *pieces, size_t count) {
  KRT_ALLOW_PY("joining a tuple runs no Python code");
  return krt_str_join_py(krt_str_empty, krt_tuple_from(pieces, count));
}

/// Gives the text gathered to the element it belongs to; false with an exception pending.
bool flush_py(TreeBuilder *self) {
  if (self->pieces.empty() && !self->textSize)
    return true;
  Value text;
  if (self->pieces.empty()) {
    text = takeText(self);
  } else {
    settleText(self);
    text = self->pieces.size() == 1 ? self->pieces[0] : join(self->pieces.data(), self->pieces.size());
    self->pieces.clear();
    if (!text)
      return false;
  }
  bool tail = static_cast<bool>(self->tailOwner);
  Value owner = tail ? self->tailOwner : self->last;
  if (isExact(owner, krt_element_class)) {
    Value &field = tail ? owner.as<Element>()->tail : owner.as<Element>()->text;
    if (field && field != kNone) {
      Value both[2] = {field, text};
      text = join(both, 2);
      if (!text)
        return false;
    }
    field = text;
    return true;
  }
  Str *name = tail ? KSTR(tail) : KSTR(text);
  Value before = krt_getattr_py(owner, name);
  if (before && before != kNone)
    text = krt_binary_py(before, text, BinaryOp::Add);
  return before && text && krt_setattr_py(owner, name, text) >= 0;
}

/// Makes [child] a child of [parent], which may be of any kind.
bool add_py(Value parent, Value child) {
  if (!isExact(parent, krt_element_class))
    return static_cast<bool>(krt_call_method_py(parent, KSTR(append), &child, 1));
  if (!elementCheck(child)) {
    krt_raise(kTypeError, "expected an Element, not \"%.200T\"", child);
    return false;
  }
  elementAdd(parent.as<Element>(), child);
  return true;
}

/// What comment() and pi() do with what they made.
Value single_py(TreeBuilder *self, Value made, bool insert, Value event) {
  if (insert && self->current) {
    if (!add_py(self->current, made))
      return {};
    self->tailOwner = made;
  }
  return !event || builderReport_py(self, event, made) ? made : Value();
}

} // namespace

bool builderReport_py(TreeBuilder *self, Value name, Value what) {
  if (!self->report || !name)
    return true;
  Value pair[2] = {name, what};
  Value event = krt_tuple_from(pair, 2);
  if (isExact(self->report, krt_deque_class)) {
    krt_deque_append(self->report.as<Deque>(), event);
    return true;
  }
  return static_cast<bool>(krt_call1_py(self->report, event));
}

Value builderStart_py(TreeBuilder *self, Value tag, Dict *attributes) {
  if (!flush_py(self))
    return {};
  Value made;
  if (!self->elementFactory)
    made = elementNew(tag, attributes);
  else
    made = TRY(krt_call2_py(self->elementFactory, tag, attributes ? attributes : krt_dict_new()));
  self->tailOwner = {};
  if (self->current) {
    if (!add_py(self->current, made))
      return {};
  } else {
    if (self->root)
      return krt_raise_value(TRY(krt_call1_py(elementParseError, strFrom("multiple elements on top level"))));
    self->root = made;
  }
  self->open.push(self->current);
  self->current = self->last = made;
  return builderReport_py(self, self->startEvent, made) ? made : Value();
}

void builderText(TreeBuilder *self, std::string_view text) {
  if (!self->last)
    return;
  if (size_t needed = self->textSize + text.size(); needed > self->textRoom) {
    size_t room = needed * 2 < 256 ? 256 : needed * 2;
    auto *grown = static_cast<char *>(gcAllocateAtomic(room));
    if (self->textSize)
      std::memcpy(grown, self->text, self->textSize);
    self->text = grown;
    self->textRoom = room;
  }
  std::memcpy(self->text + self->textSize, text.data(), text.size());
  self->textSize += text.size();
}

Value krt_tree_builder_start_py(TreeBuilder *self, Value tag, Dict *attributes) {
  return builderStart_py(self, tag, attributes);
}

Value krt_tree_builder_data(TreeBuilder *self, Value data) {
  if (!self->last) // nothing to belong to
    return kNone;
  settleText(self);
  self->pieces.push(data);
  return kNone;
}

Value krt_tree_builder_end_py(TreeBuilder *self, Value tag) {
  if (!flush_py(self))
    return {};
  if (self->open.empty())
    return krt_raise(kIndexError, "pop from empty stack");
  self->tailOwner = self->last = self->current;
  self->current = self->open.pop();
  Value ended = self->last;
  return builderReport_py(self, self->endEvent, ended) ? ended : Value();
}

Value krt_tree_builder_comment_py(TreeBuilder *self, Value text) {
  if (!flush_py(self))
    return {};
  Value made = self->commentFactory ? TRY(krt_call1_py(self->commentFactory, text)) : text;
  return single_py(self, made, self->insertComments, self->commentEvent);
}

Value krt_tree_builder_pi_py(TreeBuilder *self, Value target, Value text) {
  if (!flush_py(self))
    return {};
  Value pair[2] = {target, text};
  Value made = self->instructionFactory ? TRY(krt_call2_py(self->instructionFactory, target, text))
                                        : Value(krt_tuple_from(pair, 2));
  return single_py(self, made, self->insertInstructions, self->instructionEvent);
}

Value krt_tree_builder_close(TreeBuilder *self) { return self->root ? self->root : kNone; }

extern "C" {
Class krt_tree_builder_class = {
    .flags = kClassBase,
    .nativeName = "xml.etree.ElementTree.TreeBuilder",
    .basicSize = sizeof(TreeBuilder),
    .slots = {.init = initBuilder, .make = makeBuilder},
    .methods = krt_tree_builder_defs,
};
}

} // namespace krait
