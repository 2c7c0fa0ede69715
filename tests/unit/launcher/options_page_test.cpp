#include <gtest/gtest.h>

#include "launcher/host/files.hpp"
#include "launcher/settings/options_page.hpp"

namespace warp {
namespace {

// After a change of the table: warpdrive-express show-options >docs/options.md
TEST(OptionsPage, IsWhatTheDocumentationSays) {
  const auto written = read_text(WARP_SOURCE_DIR "/docs/options.md");
  ASSERT_TRUE(written) << written.error().detail;
  EXPECT_EQ(*written, options_page());
}

}  // namespace
}  // namespace warp
