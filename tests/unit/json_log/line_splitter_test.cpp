#include "json_log/line_splitter.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(LineSplitter, GivesLinesWhenTheirEndHasCome) {
  LineSplitter splitter;
  EXPECT_THAT(splitter.feed("one\ntw"), ElementsAre("one"));
  EXPECT_THAT(splitter.feed("o\n\nthree"), ElementsAre("two", ""));
  EXPECT_EQ(splitter.rest(), "three");
  EXPECT_EQ(splitter.rest(), "");
}

TEST(LineSplitter, CutsALongLine) {
  LineSplitter splitter;
  const std::string longest(LineSplitter::kLongest, 'x');
  EXPECT_THAT(splitter.feed(longest.substr(1)), IsEmpty());
  EXPECT_THAT(splitter.feed("xy\n"), ElementsAre(longest, "y"));
}

}  // namespace
}  // namespace warp
