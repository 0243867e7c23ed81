package io.reverie.core.engine.cuda;

/**
 * The libraries of CUDA 12 and cuDNN 9 to which libtorch is linked (DT_NEEDED of libtorch_cpu.so,
 * libc10_cuda.so and libtorch_cuda.so), each after those that it needs itself.
 */
enum CudaLibrary {
  CUDART("libcudart.so.12", "cuda-libraries-12-9"),
  CUPTI("libcupti.so.12", "cuda-cupti-12-9"),
  NVJITLINK("libnvJitLink.so.12", "cuda-libraries-12-9"),
  CUBLAS_LT("libcublasLt.so.12", "cuda-libraries-12-9"),
  CUBLAS("libcublas.so.12", "cuda-libraries-12-9"),
  CUSPARSE("libcusparse.so.12", "cuda-libraries-12-9"),
  CUFFT("libcufft.so.11", "cuda-libraries-12-9"),
  CURAND("libcurand.so.10", "cuda-libraries-12-9"),
  CUFILE("libcufile.so.0", "cuda-libraries-12-9"),
  CUDNN("libcudnn.so.9", "libcudnn9-cuda-12");

  private final String file;
  private final String nvidiaPackage;

  CudaLibrary(String file, String nvidiaPackage) {
    this.file = file;
    this.nvidiaPackage = nvidiaPackage;
  }

  /** The name by which libtorch asks for it. */
  String file() {
    return file;
  }

  /** NVIDIA's package for Debian, Ubuntu and Red Hat that contains it. */
  String nvidiaPackage() {
    return nvidiaPackage;
  }
}
