#include "worker/process_settings.hpp"

#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/resource.h>

#include <cstdlib>
#include <thread>

namespace warp::worker {
namespace {

// What is set stays for the process, so each of these is one.
class ProcessSettingsDeathTest : public testing::Test {
 protected:
  ProcessSettingsDeathTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

std::size_t stack_size_of_a_thread() {
  std::size_t size = 0;
  std::jthread([&size] {
    pthread_attr_t attributes;
    ::pthread_getattr_np(::pthread_self(), &attributes);
    ::pthread_attr_getstacksize(&attributes, &size);
    ::pthread_attr_destroy(&attributes);
  }).join();
  return size;
}

bool is_limit(decltype(RLIMIT_AS) resource, rlim_t value) {
  rlimit limit{};
  return ::getrlimit(resource, &limit) == 0 && limit.rlim_cur == value && limit.rlim_max == value;
}

[[noreturn]] void apply_and_look() {
  wire::GroupConfig config;
  config.cpu_priority = 7;
  config.stack_size = 1'048'576;
  constexpr rlim_t kMuch = rlim_t{1} << 50U;
  config.virtual_memory_limit = kMuch;
  config.data_size_limit = kMuch;
  config.open_files_limit = 100;
  config.core_size_limit = 0;
  const bool is_applied =
      apply_process_settings(config).has_value() && is_limit(RLIMIT_AS, kMuch) &&
      is_limit(RLIMIT_DATA, kMuch) && is_limit(RLIMIT_NOFILE, 100) && is_limit(RLIMIT_CORE, 0) &&
      ::getpriority(PRIO_PROCESS, 0) == 7 && stack_size_of_a_thread() == config.stack_size;
  std::_Exit(is_applied ? 42 : 1);
}

TEST_F(ProcessSettingsDeathTest, AreThoseOfTheGroup) {
  EXPECT_EXIT(apply_and_look(), testing::ExitedWithCode(42), "");
}

TEST_F(ProcessSettingsDeathTest, AreLeftAloneWithoutAny) {
  const std::size_t before = stack_size_of_a_thread();
  ASSERT_TRUE(apply_process_settings({}));
  EXPECT_EQ(stack_size_of_a_thread(), before);
}

TEST_F(ProcessSettingsDeathTest, NameWhatTheSystemRefuses) {
  wire::GroupConfig config;
  config.stack_size = 1;
  const auto applied = apply_process_settings(config);
  ASSERT_FALSE(applied);
  EXPECT_NE(applied.error().detail.find("stack-size=1"), std::string::npos);
}

}  // namespace
}  // namespace warp::worker
