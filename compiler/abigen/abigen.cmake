# How the build calls abigen.

# krait_bind(target [LOCAL] [header...]): for each header of the calling folder (or those named) generates
# <folder>/X.bind.inc, to be included as "folder/X.bind.inc" by one .cpp of [target]; and gives its facts to the
# compiler's tables, unless LOCAL. Headers without annotations cost 0.1 s and give an empty file.
function(krait_bind target)
  cmake_parse_arguments(ARG "LOCAL" "" "" ${ARGN})
  set(headers ${ARG_UNPARSED_ARGUMENTS})
  if(NOT headers)
    file(GLOB headers CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
  endif()
  file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  set(outputs)
  foreach(header ${headers})
    get_filename_component(stem ${header} NAME_WE)
    set(base ${KRAIT_GENERATED}/${folder}/${stem})
    file(MAKE_DIRECTORY ${KRAIT_GENERATED}/${folder})
    add_custom_command(OUTPUT ${base}.bind.inc BYPRODUCTS ${base}.abi
      COMMAND abigen bind ${CMAKE_CURRENT_SOURCE_DIR}/${header} --name ${folder}/${header}
        --out ${base}.bind.inc --facts ${base}.abi --depfile ${base}.d --
        -I${CMAKE_SOURCE_DIR}
      DEPENDS abigen ${CMAKE_CURRENT_SOURCE_DIR}/${header} DEPFILE ${base}.d
      COMMENT "abigen ${folder}/${header}" VERBATIM)
    list(APPEND outputs ${base}.bind.inc)
    if(NOT ARG_LOCAL)
      set_property(GLOBAL APPEND PROPERTY KRAIT_ABI_FACTS ${base}.abi)
    endif()
  endforeach()
  target_sources(${target} PRIVATE ${outputs})
  target_include_directories(${target} PUBLIC ${KRAIT_GENERATED})
  # The tables of the compiler are made after every header was read.
  add_custom_target(${target}_bind DEPENDS ${outputs})
  add_dependencies(${target} ${target}_bind)
  if(NOT ARG_LOCAL)
    set_property(GLOBAL APPEND PROPERTY KRAIT_ABI_TARGETS ${target}_bind)
  endif()
endfunction()

# Called once when all folders have been read: the merged tables.
#   krait_abi_tables   builds generated/abi/{RuntimeCalls,Layouts,LayoutChecks,NativeModules,AbiHash}.inc and abi.txt
#   abi-snapshot       copies abi.txt over the committed runtime/abi/abi.txt
function(krait_abi_finish)
  get_property(facts GLOBAL PROPERTY KRAIT_ABI_FACTS)
  get_property(targets GLOBAL PROPERTY KRAIT_ABI_TARGETS)
  set(dir ${KRAIT_GENERATED}/abi)
  set(outputs ${dir}/RuntimeCalls.inc ${dir}/Layouts.inc ${dir}/LayoutChecks.inc ${dir}/NativeModules.inc ${dir}/AbiHash.inc ${dir}/abi.txt ${dir}/signatures.txt)
  add_custom_command(OUTPUT ${outputs}
    COMMAND abigen merge ${facts} --out-dir ${dir}
    DEPENDS abigen ${facts} ${targets} COMMENT "abigen tables" VERBATIM)
  add_custom_target(krait_abi_tables DEPENDS ${outputs})
  add_custom_target(abi-snapshot COMMAND ${CMAKE_COMMAND} -E copy_if_different ${dir}/abi.txt ${CMAKE_SOURCE_DIR}/runtime/abi/abi.txt
    DEPENDS ${outputs} VERBATIM)
  add_dependencies(abi-snapshot krait_abi_tables)
endfunction()
cmake_language(DEFER DIRECTORY ${CMAKE_SOURCE_DIR} CALL krait_abi_finish)

# abi-check: bodies against annotations and names, over the runtime's sources.
add_custom_target(abi-check COMMAND abigen check ${CMAKE_BINARY_DIR} DEPENDS abigen VERBATIM USES_TERMINAL)
add_dependencies(abi-check krait_abi_tables)
