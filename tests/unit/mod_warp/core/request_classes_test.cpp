#include "mod_warp/core/request_classes.hpp"

#include <gmock/gmock.h>

namespace warp::core {
namespace {

TEST(RequestClasses, NameUsualMethods) {
  for (const auto* const method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    EXPECT_EQ(label_of(class_of_method(method)), method);
}

TEST(RequestClasses, PutAllOtherMethodsTogether) {
  for (const auto* const method : {"PROPFIND", "get", "", "other", "X\"\n"})
    EXPECT_EQ(label_of(class_of_method(method)), "other");
}

TEST(RequestClasses, PutStatusesTogetherByHundreds) {
  EXPECT_EQ(label_of(class_of_status(101)), "1xx");
  EXPECT_EQ(label_of(class_of_status(200)), "2xx");
  EXPECT_EQ(label_of(class_of_status(399)), "3xx");
  EXPECT_EQ(label_of(class_of_status(499)), "4xx");
  EXPECT_EQ(label_of(class_of_status(500)), "5xx");
}

TEST(RequestClasses, TakeWhatIsNoStatusForAFailure) {
  for (const int status : {-1, 0, 99, 600, 1 << 30})
    EXPECT_EQ(class_of_status(status), StatusClass::k5xx);
}

}  // namespace
}  // namespace warp::core
