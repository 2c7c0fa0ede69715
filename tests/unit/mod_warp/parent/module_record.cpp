// The module record that mod_warp/apache.hpp names wherever it is included; in a build without
// optimisation the linker wants to have it. Nobody uses it here.
#include "mod_warp/apache.hpp"

module AP_MODULE_DECLARE_DATA warp_module;
