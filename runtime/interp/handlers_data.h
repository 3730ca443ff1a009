// handlers_data.h - moves, constants, variables, building values, jumps that test nothing.
#pragma once

#include "runtime/interp/handler.h"
#include "runtime/interp/operations.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/function.h"
#include "runtime/object/protocol.h"

namespace krait {

KRT_HANDLER opNop(KRT_STATE) { NEXT_OF(Nop); }

KRT_HANDLER opMove(KRT_STATE) {
  regs[pc[1]] = regs[pc[2]];
  NEXT_OF(Move);
}

KRT_HANDLER opLoadConst(KRT_STATE) {
  regs[pc[1]] = consts[wideAt(pc + 2)];
  NEXT_OF(LoadConst);
}

KRT_SLOW opCheckLocalSlow(KRT_STATE) {
  SAVE_PC();
  krt_op_unbound_local(frameOf(regs)->code->varnames->items[pc[1]].as<Str>());
  RAISED();
}

KRT_HANDLER opCheckLocal(KRT_STATE) {
  if (__builtin_expect(!regs[pc[1]], 0))
    KRT_TAIL opCheckLocalSlow<Policy>(KRT_PASS);
  NEXT_OF(CheckLocal);
}

KRT_HANDLER opDeleteLocal(KRT_STATE) {
  if (__builtin_expect(!regs[pc[1]], 0))
    KRT_TAIL opCheckLocalSlow<Policy>(KRT_PASS);
  regs[pc[1]] = Value();
  NEXT_OF(DeleteLocal);
}

KRT_HANDLER opClearReg(KRT_STATE) {
  regs[pc[1]] = Value();
  NEXT_OF(ClearReg);
}

KRT_HANDLER opMakeCell(KRT_STATE) {
  regs[pc[1]] = krt_cell_new(regs[pc[1]]);
  NEXT_OF(MakeCell);
}

KRT_HANDLER opLoadFree(KRT_STATE) {
  Tuple *closure = frameOf(regs)->function->closure;
  for (unsigned i = 0; i < pc[2]; ++i)
    regs[pc[1] + i] = closure->items[i];
  NEXT_OF(LoadFree);
}

KRT_SLOW opLoadCellSlow(KRT_STATE) {
  SAVE_PC();
  Frame *frame = frameOf(regs);
  krt_op_unbound_cell(frame->code, frame->code->names[wideAt(pc + 3)]);
  RAISED();
}

KRT_HANDLER opLoadCell(KRT_STATE) {
  Value value = regs[pc[2]].as<Cell>()->value;
  if (__builtin_expect(!value, 0))
    KRT_TAIL opLoadCellSlow<Policy>(KRT_PASS);
  regs[pc[1]] = value;
  NEXT_OF(LoadCell);
}

KRT_HANDLER opStoreCell(KRT_STATE) {
  regs[pc[1]].as<Cell>()->value = regs[pc[2]];
  NEXT_OF(StoreCell);
}

KRT_HANDLER opDeleteCell(KRT_STATE) {
  Cell *cell = regs[pc[1]].as<Cell>();
  if (__builtin_expect(!cell->value, 0)) {
    SAVE_PC();
    Frame *frame = frameOf(regs);
    krt_op_unbound_cell(frame->code, frame->code->names[wideAt(pc + 2)]);
    RAISED();
  }
  cell->value = Value();
  NEXT_OF(DeleteCell);
}

KRT_HANDLER opLoadClassCell(KRT_STATE) {
  SAVE_PC();
  Frame *frame = frameOf(regs);
  Value value = krt_op_load_class_cell_py(frame->code, frame->locals, regs[pc[2]].as<Cell>(), frame->code->names[wideAt(pc + 3)]);
  RAISE_IF(!value);
  regs[pc[1]] = value;
  NEXT_OF(LoadClassCell);
}

// ---- Globals: a site caches the dictionary versions under which a name was found at an entry ----
// words: 0 version of globals, 1 entry position, 2 version of builtins (0: found in globals).

KRT_SLOW opLoadGlobalSlow(KRT_STATE) {
  SAVE_PC();
  Frame *frame = frameOf(regs);
  Str *name = frame->code->names[wideAt(pc + 2)];
  SiteCache &cache = caches[wideAt(pc + 4)];
  Value value = krt_op_load_global_py(frame->globals, frame->builtins, name);
  RAISE_IF(!value);
  // Only plain dictionaries are read by position.
  int64_t position = -1;
  if (frame->globals->shape != krt_dict_class.rootShape || frame->builtins->shape != krt_dict_class.rootShape) {
    cache.words[0] = 0;
  } else if ((position = krt_dict_find_str(frame->globals, name)) >= 0) {
    cache.words[0] = frame->globals->version;
    cache.words[1] = static_cast<uint64_t>(position);
    cache.words[2] = 0;
  } else if ((position = krt_dict_find_str(frame->builtins, name)) >= 0) {
    cache.words[0] = frame->globals->version;
    cache.words[1] = static_cast<uint64_t>(position);
    cache.words[2] = frame->builtins->version;
  }
  Policy::global(frame, wideAt(pc + 4), value);
  regs[pc[1]] = value;
  NEXT_OF(LoadGlobal);
}

KRT_HANDLER opLoadGlobal(KRT_STATE) {
  Frame *frame = frameOf(regs);
  SiteCache &cache = caches[wideAt(pc + 4)];
  if (__builtin_expect(cache.words[0] != frame->globals->version || !cache.words[0], 0))
    KRT_TAIL opLoadGlobalSlow<Policy>(KRT_PASS);
  Dict *dict = frame->globals;
  if (cache.words[2]) {
    dict = frame->builtins;
    if (__builtin_expect(cache.words[2] != dict->version, 0))
      KRT_TAIL opLoadGlobalSlow<Policy>(KRT_PASS);
  }
  Value value = dict->entries[cache.words[1]].value;
  Policy::global(frame, wideAt(pc + 4), value);
  regs[pc[1]] = value;
  NEXT_OF(LoadGlobal);
}

KRT_SLOW opStoreGlobalSlow(KRT_STATE) {
  SAVE_PC();
  Frame *frame = frameOf(regs);
  Str *name = frame->code->names[wideAt(pc + 1)];
  RAISE_IF(krt_dict_set_py(frame->globals, name, regs[pc[3]]) < 0);
  SiteCache &cache = caches[wideAt(pc + 4)];
  int64_t position = krt_dict_find_str(frame->globals, name);
  cache.words[0] = frame->globals->version;
  cache.words[1] = static_cast<uint64_t>(position);
  NEXT_OF(StoreGlobal);
}

KRT_HANDLER opStoreGlobal(KRT_STATE) {
  Dict *globals = frameOf(regs)->globals;
  SiteCache &cache = caches[wideAt(pc + 4)];
  if (__builtin_expect(cache.words[0] != globals->version || !cache.words[0] || globals->watchers, 0))
    KRT_TAIL opStoreGlobalSlow<Policy>(KRT_PASS);
  globals->entries[cache.words[1]].value = regs[pc[3]];
  NEXT_OF(StoreGlobal);
}

KRT_HANDLER opDeleteGlobal(KRT_STATE) {
  SAVE_PC();
  Frame *frame = frameOf(regs);
  RAISE_IF(krt_op_delete_global_py(frame->globals, frame->code->names[wideAt(pc + 1)]) < 0);
  NEXT_OF(DeleteGlobal);
}

/// Where the names of a module's or class's body live. Code of a module called as a function has its globals.
inline Value namesOf(Frame *frame) {
  if (!frame->locals)
    frame->locals = Value(frame->globals);
  return frame->locals;
}

KRT_SLOW opLoadNameSlow(KRT_STATE) {
  SAVE_PC();
  Frame *frame = frameOf(regs);
  Value value = krt_op_load_name_py(namesOf(frame), frame->globals, frame->builtins, frame->code->names[wideAt(pc + 2)]);
  RAISE_IF(!value);
  regs[pc[1]] = value;
  NEXT_OF(LoadName);
}

KRT_HANDLER opLoadName(KRT_STATE) {
  static_assert(kLength<Opcode::LoadName> == kLength<Opcode::LoadGlobal>);
  Frame *frame = frameOf(regs);
  // A subclass of dict answers by its own __getitem__.
  if (__builtin_expect(frame->locals == Value(frame->globals) && frame->globals->shape == krt_dict_class.rootShape, 1))
    KRT_TAIL opLoadGlobal<Policy>(KRT_PASS);
  KRT_TAIL opLoadNameSlow<Policy>(KRT_PASS);
}

KRT_SLOW opStoreNameSlow(KRT_STATE) {
  SAVE_PC();
  Frame *frame = frameOf(regs);
  RAISE_IF(krt_op_store_name_py(namesOf(frame), frame->code->names[wideAt(pc + 1)], regs[pc[3]]) < 0);
  NEXT_OF(StoreName);
}

KRT_HANDLER opStoreName(KRT_STATE) {
  static_assert(kLength<Opcode::StoreName> == kLength<Opcode::StoreGlobal>);
  Frame *frame = frameOf(regs);
  if (__builtin_expect(frame->locals == Value(frame->globals) && frame->globals->shape == krt_dict_class.rootShape, 1))
    KRT_TAIL opStoreGlobal<Policy>(KRT_PASS);
  KRT_TAIL opStoreNameSlow<Policy>(KRT_PASS);
}

KRT_HANDLER opDeleteName(KRT_STATE) {
  SAVE_PC();
  Frame *frame = frameOf(regs);
  RAISE_IF(krt_op_delete_name_py(namesOf(frame), frame->code->names[wideAt(pc + 1)]) < 0);
  NEXT_OF(DeleteName);
}

KRT_HANDLER opLoadLocals(KRT_STATE) {
  regs[pc[1]] = namesOf(frameOf(regs));
  NEXT_OF(LoadLocals);
}

KRT_HANDLER opLoadBuildClass(KRT_STATE) {
  SAVE_PC();
  Value value = krt_op_load_build_class_py(frameOf(regs)->builtins);
  RAISE_IF(!value);
  regs[pc[1]] = value;
  NEXT_OF(LoadBuildClass);
}

KRT_HANDLER opLoadAssertionError(KRT_STATE) {
  regs[pc[1]] = kAssertionError;
  NEXT_OF(LoadAssertionError);
}

KRT_HANDLER opSetupAnnotations(KRT_STATE) {
  SAVE_PC();
  RAISE_IF(krt_op_setup_annotations_py(namesOf(frameOf(regs))) < 0);
  NEXT_OF(SetupAnnotations);
}

// ---- Building ----

KRT_HANDLER opBuildSlice(KRT_STATE) {
  auto part = [&](unsigned i) { return pc[i] == kNoReg ? kNone : regs[pc[i]]; };
  regs[pc[1]] = krt_slice_new(part(2), part(3), part(4));
  NEXT_OF(BuildSlice);
}

KRT_HANDLER opBuildTuple(KRT_STATE) {
  regs[pc[1]] = krt_tuple_from(regs + pc[2], pc[3]);
  NEXT_OF(BuildTuple);
}

KRT_HANDLER opBuildList(KRT_STATE) {
  List *list = krt_list_from(regs + pc[2], pc[3]);
  RAISE_IF(!list);
  regs[pc[1]] = list;
  NEXT_OF(BuildList);
}

KRT_HANDLER opBuildSet(KRT_STATE) {
  SAVE_PC();
  Set *set = krt_set_new(&krt_set_class);
  for (unsigned i = 0; i < pc[3]; ++i)
    RAISE_IF(krt_set_add_py(set, regs[pc[2] + i]) < 0);
  regs[pc[1]] = set;
  NEXT_OF(BuildSet);
}

KRT_HANDLER opBuildDict(KRT_STATE) {
  SAVE_PC();
  Dict *dict = krt_dict_new_sized(pc[3]);
  for (unsigned i = 0; i < pc[3]; ++i)
    RAISE_IF(krt_dict_set_py(dict, regs[pc[2] + 2 * i], regs[pc[2] + 2 * i + 1]) < 0);
  regs[pc[1]] = dict;
  NEXT_OF(BuildDict);
}

KRT_HANDLER opBuildString(KRT_STATE) {
  SAVE_PC();
  Value value = krt_op_build_string(regs + pc[2], pc[3]);
  RAISE_IF(!value);
  regs[pc[1]] = value;
  NEXT_OF(BuildString);
}

KRT_HANDLER opFormatValue(KRT_STATE) {
  SAVE_PC();
  Value value = krt_op_format_value_py(regs[pc[2]], pc[3] == kNoReg ? Value() : regs[pc[3]], pc[4]);
  RAISE_IF(!value);
  regs[pc[1]] = value;
  NEXT_OF(FormatValue);
}

KRT_HANDLER opListAppend(KRT_STATE) {
  RAISE_IF(krt_list_append(regs[pc[1]].as<List>(), regs[pc[2]]) < 0);
  NEXT_OF(ListAppend);
}

KRT_HANDLER opSetAdd(KRT_STATE) {
  SAVE_PC();
  RAISE_IF(krt_set_add_py(regs[pc[1]].as<Set>(), regs[pc[2]]) < 0);
  NEXT_OF(SetAdd);
}

KRT_HANDLER opDictSet(KRT_STATE) {
  SAVE_PC();
  RAISE_IF(krt_dict_set_py(regs[pc[1]].as<Dict>(), regs[pc[2]], regs[pc[3]]) < 0);
  NEXT_OF(DictSet);
}

KRT_HANDLER opListExtend(KRT_STATE) {
  SAVE_PC();
  RAISE_IF(krt_op_list_extend_py(regs[pc[1]].as<List>(), regs[pc[2]]) < 0);
  NEXT_OF(ListExtend);
}

KRT_HANDLER opSetUpdate(KRT_STATE) {
  SAVE_PC();
  RAISE_IF(krt_set_update_py(regs[pc[1]].as<Set>(), regs[pc[2]]) < 0);
  NEXT_OF(SetUpdate);
}

KRT_HANDLER opDictUpdate(KRT_STATE) {
  SAVE_PC();
  RAISE_IF(krt_op_dict_update_py(regs[pc[1]].as<Dict>(), regs[pc[2]]) < 0);
  NEXT_OF(DictUpdate);
}

KRT_HANDLER opDictMerge(KRT_STATE) {
  SAVE_PC();
  RAISE_IF(krt_op_dict_merge_py(regs[pc[1]].as<Dict>(), regs[pc[2]], regs[pc[3]]) < 0);
  NEXT_OF(DictMerge);
}

KRT_HANDLER opListToTuple(KRT_STATE) {
  List *list = regs[pc[2]].as<List>();
  regs[pc[1]] = krt_tuple_from(list->items, list->length);
  NEXT_OF(ListToTuple);
}

KRT_HANDLER opMakeFunction(KRT_STATE) {
  SAVE_PC();
  auto part = [&](unsigned i) { return pc[i] == kNoReg ? Value() : regs[pc[i]]; };
  Value function = krt_op_make_function(consts[wideAt(pc + 2)].as<Code>(), frameOf(regs)->globals, part(4), part(5), part(6), part(7));
  RAISE_IF(!function);
  regs[pc[1]] = function;
  NEXT_OF(MakeFunction);
}

} // namespace krait
