// _elementtree_parser.h - XMLParser of _elementtree: libexpat's events, handed to a TreeBuilder or any other
// target.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct TreeParser;

KRT_CLASS(tree_parser, "");

extern "C" {
extern Class krt_tree_parser_class;

KRT_METHOD(tree_parser, "_parse_whole(self, file, /)", KRT_RUNS_PY)
Value krt_tree_parser_parseWhole_py(Value self, Value file);
KRT_METHOD(tree_parser, "_setevents(self, events_queue, events_to_report=None, /)", KRT_RUNS_PY)
Value krt_tree_parser_setEvents_py(Value self, Value queue, Value wanted);
KRT_METHOD(tree_parser, "close(self, /)", KRT_RUNS_PY) Value krt_tree_parser_close_py(Value self);
KRT_METHOD(tree_parser, "feed(self, data, /)", KRT_RUNS_PY)
Value krt_tree_parser_feed_py(Value self, Value data);
KRT_GETTER(tree_parser, "entity") Value krt_tree_parser_entity(Value self);
KRT_GETTER(tree_parser, "target") Value krt_tree_parser_target(Value self);
KRT_GETTER(tree_parser, "version", KRT_COLLECTS) Value krt_tree_parser_version(Value self);
}

} // namespace krait
