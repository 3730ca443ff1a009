# FileCheck tests of the passes, through the plugin of opt. `./dev test llvm-patches/test` passes the build folder.

import os

import lit.formats

here = os.path.dirname(os.path.abspath(__file__))
build = os.path.abspath(lit_config.params.get("build", os.path.join(here, "..", "..", "build")))
llvm = "/usr/lib/llvm-19/bin"
plugin = os.path.join(build, "lib", "KraitTagging.so")

config.name = "llvm-patches"
config.test_source_root = here
config.test_exec_root = os.path.join(build, "test", "llvm-patches")
config.suffixes = [".ll", ".test"]
config.excludes = ["Inputs"]
config.test_format = lit.formats.ShTest(execute_external=False)
config.environment["PATH"] = os.pathsep.join([llvm, "/usr/bin", "/bin"])
if os.path.exists(plugin):
    config.available_features.add("krait-tagging")
config.substitutions.append(("%tagging", "opt -load-pass-plugin=%s -passes=krait-tagging -verify-each -S" % plugin))
config.substitutions.append(("%plugin", plugin))
config.substitutions.append(("%python", "/usr/bin/python3.11"))
config.substitutions.append(("%root", os.path.dirname(os.path.dirname(here))))
config.substitutions.append(("%opt", "opt -load-pass-plugin=%s -S" % plugin))
config.substitutions.append(("%FileCheck", "FileCheck --enable-var-scope"))
