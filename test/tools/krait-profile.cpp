// krait-profile: `krait profile` by itself, for tests that need no more of Krait.
#include "profiler/tool/profile_tool.h"

int main(int argc, char **argv) { return krait::profileMain(argc, argv); }
