// The interpreter as the worker's watchdog looks into it.
#pragma once

#include "python/python.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "base/unique_fd.hpp"
#include "python/bootstrap.hpp"
#include "python/gil.hpp"
#include "python/runtime.hpp"
#include "python/wsgi/request_context.hpp"
#include "worker/inspector.hpp"

namespace warp::python {

// Says nothing before prepare(), and must not be used any more when the interpreter is stopped.
class Inspector final : public worker::Inspector {
 public:
  // All of it outlives the inspector.
  Inspector(const Runtime& runtime, const Bootstrap& bootstrap,
            const wsgi::RequestContexts& contexts)
      : runtime_(runtime), bootstrap_(bootstrap), contexts_(contexts) {}

  // Once the bootstrap is prepared, before the application is imported. `request_timeout`: the
  // exception for interrupt(). False with an exception.
  [[nodiscard]] bool prepare(Gil& gil, PyObject* request_timeout);

  void report_crashes_to(int descriptor) override { crash_descriptor_ = descriptor; }
  void wait_for_lock() override;
  [[nodiscard]] std::vector<worker::ThreadStack> stacks() override;
  bool interrupt(std::uint64_t request_number) override;
  [[nodiscard]] std::vector<worker::ThreadStack> stacks_without_lock() override;

 private:
  const Runtime& runtime_;
  const Bootstrap& bootstrap_;
  const wsgi::RequestContexts& contexts_;
  int crash_descriptor_ = -1;
  UniqueFd dump_;                // where the stacks are written without the lock
  unsigned long dump_node_ = 0;  // its inode: the application can close any descriptor
  PyObject* request_timeout_ = nullptr;
};

// The text of Python's faulthandler, thread by thread; its own order of the calls is turned round.
[[nodiscard]] std::vector<worker::ThreadStack> parse_dump(std::string_view text);

}  // namespace warp::python
