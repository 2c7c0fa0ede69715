// A time limit for Python objects that the application may keep: they can be used from any thread,
// but by one at a time, and by none after the request's end. wsgi.input has one and start_response
// with write() another, so that a thread that waits for the body keeps none from answering.
#pragma once

#include "python/python.hpp"

#include <atomic>
#include <cstdint>

#include "python/gil.hpp"

namespace warp::python::wsgi {

class Lease final {
 public:
  // The thread that serves the request.
  void begin(Gil& /*held*/) { lasts_ = true; }
  void end(Gil& gil);
  // A thread is at it.
  [[nodiscard]] bool is_taken(Gil& /*held*/) const { return served_.load() != last_number_; }

 private:
  friend class Turn;
  // First come first served: a thread that uses it again and again would else always be there
  // before one that has to wake up first, the one that ends the request among them.
  [[nodiscard]] bool take(Gil& gil) {
    const std::uint32_t number = last_number_++;
    for (std::uint32_t served = served_.load(); served != number; served = served_.load()) {
      GilRelease wait(gil);
      served_.wait(served);
    }
    if (!lasts_) give_back();
    return lasts_;
  }
  void give_back() {
    ++served_;
    served_.notify_all();
  }

  bool lasts_ = false;             // read and written with the GIL held
  std::uint32_t last_number_ = 0;  // of who has come; the same
  // Of who has his turn now. Changed with the GIL held, waited for without.
  std::atomic<std::uint32_t> served_{0};
};

// One thread's turn, waited for. False when the request has ended.
class Turn final {
 public:
  Turn(Gil& gil, Lease& lease) : lease_(lease), is_valid_(lease.take(gil)) {}
  ~Turn() {
    if (is_valid_) lease_.give_back();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  explicit operator bool() const { return is_valid_; }

 private:
  Lease& lease_;
  bool is_valid_;
};

inline void Lease::end(Gil& gil) {
  const Turn last(gil, *this);
  lasts_ = false;
}

}  // namespace warp::python::wsgi
