# Writes the files of this folder into a C++ source, with the hashes that the page's
# Content-Security-Policy names:
#   cmake -D OUTPUT=page_assets.cpp -P embed.cmake
function(read_files variable)
  set(text "")
  foreach(file ${ARGN})
    file(READ "${CMAKE_CURRENT_LIST_DIR}/${file}" content)
    string(APPEND text "\n${content}")
  endforeach()
  set(${variable} "${text}" PARENT_SCOPE)
endfunction()

file(READ "${CMAKE_CURRENT_LIST_DIR}/status.html" frame)
read_files(style status.css)
read_files(script quantities.js tables.js history.js diagrams.js status.js)
# Names of our own, in a block of our own.
set(script "\n\"use strict\";\n{${script}}\n")
string(SHA256 style_hash "${style}")
string(SHA256 script_hash "${script}")

file(WRITE "${OUTPUT}" "// Made from the files of ${CMAKE_CURRENT_LIST_DIR}
#include \"mod_warp/management/page_assets.hpp\"

namespace warp::management {

const std::string_view kPageFrame = R\"WARP(${frame})WARP\";

const Asset kPageStyle = {R\"WARP(${style})WARP\",
                          \"${style_hash}\"};

const Asset kPageScript = {R\"WARP(${script})WARP\",
                           \"${script_hash}\"};

}  // namespace warp::management
")
