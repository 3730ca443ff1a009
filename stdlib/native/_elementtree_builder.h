// _elementtree_builder.h - TreeBuilder of _elementtree: makes a tree out of starts, ends and texts.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"
#include "runtime/gc/gc.h"

#include <string_view>

namespace krait {

struct TreeBuilder : Object {
  Value elementFactory, commentFactory, instructionFactory; // null: the usual one
  Value root, current, last; // null: none yet. current: the element that is open
  Value tailOwner;           // whose tail the next text is; null: the next text is last's own
  GcVector<Value> open;      // elements around current
  GcVector<Value> pieces;    // text not given to an element yet
  char *text;                // collector-owned: UTF-8 that belongs behind the pieces
  size_t textSize, textRoom;
  Str *known[16]; // texts between elements that came before, to be used again
  Value report;   // append() of the queue of events, or null
  Value startEvent, endEvent, startNsEvent, endNsEvent, commentEvent,
      instructionEvent; // names; null: not reported
  bool insertComments, insertInstructions;
};

KRT_CLASS(tree_builder, "");

extern "C" {
extern Class krt_tree_builder_class;

KRT_METHOD(tree_builder, "close(self, /)") Value krt_tree_builder_close(TreeBuilder *self);
KRT_METHOD(tree_builder, "comment(self, text, /)", KRT_RUNS_PY)
Value krt_tree_builder_comment_py(TreeBuilder *self, Value text);
KRT_METHOD(tree_builder, "data(self, data, /)", KRT_COLLECTS)
Value krt_tree_builder_data(TreeBuilder *self, Value data);
KRT_METHOD(tree_builder, "end(self, tag, /)", KRT_RUNS_PY)
Value krt_tree_builder_end_py(TreeBuilder *self, Value tag);
KRT_METHOD(tree_builder, "pi(self, target, text=None, /)", KRT_RUNS_PY)
Value krt_tree_builder_pi_py(TreeBuilder *self, Value target, Value text);
KRT_METHOD(tree_builder, "start(self, tag, attrs, /)", KRT_RUNS_PY)
Value krt_tree_builder_start_py(TreeBuilder *self, Value tag, Dict *attributes);
}

/// As start(), with attributes that become the element's own, or null.
Value builderStart_py(TreeBuilder *self, Value tag, Dict *attributesOrNull);
/// As data(), of valid UTF-8.
void builderText(TreeBuilder *self, std::string_view text);
/// Reports an event; false with an exception pending.
bool builderReport_py(TreeBuilder *self, Value name, Value what);

} // namespace krait
