// warp-directives-page > docs/directives.md
#include <cstdio>

#include "mod_warp/core/directive.hpp"

int main() {
  const std::string page = warp::core::directives_page();
  return std::fwrite(page.data(), 1, page.size(), stdout) == page.size() ? 0 : 1;
}
