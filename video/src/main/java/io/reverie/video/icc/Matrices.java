package io.reverie.video.icc;

/** Arithmetic of 3x3 matrices, by rows. */
final class Matrices {

  private Matrices() {}

  static double dot(double[] row, double[] vector) {
    return row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2];
  }

  static double[] product(double[][] matrix, double[] vector) {
    return new double[] {dot(matrix[0], vector), dot(matrix[1], vector), dot(matrix[2], vector)};
  }

  static double[][] product(double[][] a, double[][] b) {
    double[][] product = new double[3][3];
    for (int row = 0; row < 3; row++) {
      for (int i = 0; i < 3; i++) {
        for (int k = 0; k < 3; k++) {
          product[row][i] += a[row][k] * b[k][i];
        }
      }
    }
    return product;
  }

  /**
   * Inverts a matrix.
   *
   * @throws ArithmeticException if it has no inverse
   */
  static double[][] inverse(double[][] m) {
    double[][] inverse = new double[3][3];
    double determinant = 0;
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < 3; k++) {
        int a = (k + 1) % 3;
        int b = (k + 2) % 3;
        int c = (i + 1) % 3;
        int d = (i + 2) % 3;
        inverse[i][k] = m[a][c] * m[b][d] - m[a][d] * m[b][c];
      }
      determinant += m[0][i] * inverse[i][0];
    }
    if (!(Math.abs(determinant) > 1e-9)) {
      throw new ArithmeticException("a matrix without an inverse");
    }
    for (double[] row : inverse) {
      for (int k = 0; k < 3; k++) {
        row[k] /= determinant;
      }
    }
    return inverse;
  }
}
