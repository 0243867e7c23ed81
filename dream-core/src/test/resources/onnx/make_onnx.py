#!/usr/bin/env python3
"""Writes small ONNX models of the forms of the ONNX model zoo, and what they compute.

Made with Debian 12's python3-torch 1.13, in float64:
    /usr/bin/python3 make_onnx.py [FOLDER]                     writes NAME.onnx and oracle.json
    /usr/bin/python3 make_onnx.py --squeezenet WEIGHTS.pth OUT.onnx   torchvision's SqueezeNet 1.0

The networks have the nodes, names and paddings of the originals but few channels, few blocks and
random weights. Input, 1 x 3 x height x width:
    x[c,i,j] = float32(0.5 + 0.5 * sin(0.11*i + 0.17*j + 1.3*c)); the network gets (x - 0.5) / 0.25

oracle.json:
    MODEL -> size ("64x64" is that of the file, another one stops at the first flattening)
          -> layers     layer -> shape, mean, l2 of its output
             gradients  layer -> l2 and first5 (row-major N C H W) of the gradient of
                        0.5 * sum(a^2) of that output with respect to x
"""
import json
import sys
from pathlib import Path

import numpy as np
import torch

from onnx_writer import Model

IMAGE = [1, 3, 64, 64]


def longs(*values):
    return np.array(values, dtype=np.int64)


def biased(m, x, key, cin, cout, k, groups=1, **attributes):
    w = m.weights(key + "_w_0", cout, cin // groups, k, k)
    b = m.weights(key + "_b_0", cout, scale=0.1)
    if groups > 1:
        attributes["group"] = groups
    return m.node("Conv", [x, w, b], out=key + "_1", kernel_shape=[k, k], **attributes)


def relu(m, x):
    return m.node("Relu", [x], out=x.removesuffix("_1") + "_2")


def inception(m, x, name, cin, one, red3, three, red5, five, proj):
    key = name + "/"
    a = relu(m, biased(m, x, key + "1x1", cin, one, 1))
    b = relu(m, biased(m, x, key + "3x3_reduce", cin, red3, 1))
    b = relu(m, biased(m, b, key + "3x3", red3, three, 3, pads=[1, 1, 1, 1]))
    c = relu(m, biased(m, x, key + "5x5_reduce", cin, red5, 1))
    c = relu(m, biased(m, c, key + "5x5", red5, five, 5, pads=[2, 2, 2, 2]))
    d = m.node("MaxPool", [x], out=key + "pool_1", kernel_shape=[3, 3], pads=[1, 1, 1, 1])
    d = relu(m, biased(m, d, key + "pool_proj", cin, proj, 1))
    return m.node("Concat", [a, b, c, d], out=key + "output_1", axis=1)


def googlenet(name, opset, ceil, **how):
    """BVLC GoogLeNet as converted from Caffe2: nodes without names, blobs with numbers."""
    m = Model(name, opset, IMAGE, listed=True, **how)
    end = {"ceil_mode": 1} if ceil else {"pads": [0, 0, 1, 1]}
    x = relu(m, biased(m, "data", "conv1/7x7_s2", 3, 8, 7, strides=[2, 2], pads=[3, 3, 3, 3]))
    x = m.node("MaxPool", [x], out="pool1/3x3_s2_1", kernel_shape=[3, 3], strides=[2, 2], **end)
    norm = {"size": 5, "alpha": 1e-4, "beta": 0.75, "bias": 1.0}
    x = m.node("LRN", [x], out="pool1/norm1_1", **norm)
    x = relu(m, biased(m, x, "conv2/3x3_reduce", 8, 8, 1))
    x = relu(m, biased(m, x, "conv2/3x3", 8, 12, 3, pads=[1, 1, 1, 1]))
    x = m.node("LRN", [x], out="conv2/norm2_1", **dict(norm, alpha=0.5))
    x = m.node("MaxPool", [x], out="pool2/3x3_s2_1", kernel_shape=[3, 3], strides=[2, 2], **end)
    x = inception(m, x, "inception_3a", 12, 4, 4, 6, 2, 3, 3)
    x = m.node("MaxPool", [x], out="pool3/3x3_s2_1", kernel_shape=[3, 3], strides=[2, 2], **end)
    x = inception(m, x, "inception_4a", 16, 6, 4, 6, 2, 4, 4)
    x = m.node("AveragePool", [x], out="pool5/7x7_s1_1", kernel_shape=[4, 4], strides=[1, 1])
    m.adaptive[x] = 1
    x = m.node("Dropout", [x], outputs=["pool5/7x7_s1_2", "pool5/mask"], ratio=0.4)
    x = m.node("Reshape", [x, m.tensor("shape", longs(1, 20))], out="reshaped")
    w, b = m.weights("loss3/classifier_w_0", 10, 20), m.weights("loss3/classifier_b_0", 10)
    x = m.node("Gemm", [x, w, b], out="loss3/classifier_1", transB=1)
    m.outputs = [m.node("Softmax", [x], out="prob_1")]
    return m, ["pool2/3x3_s2_1", "inception_4a/output_1", "loss3/classifier_1"]


def normed(m, x, key, cin, cout, k, act=True, groups=1, node=None, **attributes):
    """A convolution, batch norm and ReLU as torch.onnx names them."""
    w = m.weights(key + ".weight", cout, cin // groups, k, k)
    attributes.setdefault("pads", [k // 2] * 4)
    x = m.node("Conv", [x, w], f"/{key}/Conv", kernel_shape=[k, k], group=groups, **attributes)
    x = m.node("BatchNormalization", [x] + batch_norm(m, key + ".bn", cout), f"/{key}/bn",
               epsilon=1e-5)
    return m.node("Relu", [x], f"/{key}/Relu") if act else x


def batch_norm(m, key, n):
    return [m.positive(key + ".weight", n), m.weights(key + ".bias", n, scale=0.2),
            m.weights(key + ".running_mean", n, scale=0.2), m.positive(key + ".running_var", n)]


def resnet_v1():
    """As torch.onnx exports it, with a free batch and free sides."""
    m = Model("resnet_v1", 13, ["batch", 3, "height", "width"], storage="lists")
    x = normed(m, "data", "conv1", 3, 8, 7, strides=[2, 2])
    x = m.node("MaxPool", [x], "/maxpool/MaxPool", kernel_shape=[3, 3], strides=[2, 2],
               pads=[1, 1, 1, 1])
    for block, cin, cout, stride in [("layer1.0", 8, 8, 1), ("layer2.0", 8, 12, 2)]:
        y = normed(m, x, block + ".conv1", cin, cout, 3, strides=[stride, stride])
        y = normed(m, y, block + ".conv2", cout, cout, 3, act=False)
        if stride > 1:
            x = normed(m, x, block + ".downsample", cin, cout, 1, act=False,
                       strides=[stride, stride])
        x = m.node("Add", [y, x], f"/{block}/Add")
        x = m.node("Relu", [x], f"/{block}/Relu")
    x = m.node("GlobalAveragePool", [x], "/avgpool/GlobalAveragePool")
    x = m.node("Flatten", [x], "/Flatten", axis=1)
    w, b = m.weights("fc.weight", 10, 12), m.weights("fc.bias", 10)
    m.outputs = [m.node("Gemm", [x, w, b], "/fc/Gemm", transB=1, alpha=1.0, beta=1.0)]
    return m, ["/layer2.0/Add", "/fc/Gemm"]


def resnet_v2():
    """As MXNet exports it: norms first, the data's own too."""
    m = Model("resnet_v2", 8, ["N", 3, 64, 64], listed=True)
    p = "resnetv24_"
    x = m.node("BatchNormalization", ["data"] + batch_norm(m, p + "batchnorm0", 3),
               p + "batchnorm0_fwd", epsilon=1e-5)
    conv = dict(dilations=[1, 1], group=1)
    x = m.node("Conv", [x, m.weights(p + "conv0_weight", 8, 3, 7, 7)], p + "conv0_fwd",
               kernel_shape=[7, 7], strides=[2, 2], pads=[3, 3, 3, 3], **conv)
    for stage, cin, cout, stride in [("stage1_", 8, 8, 1), ("stage2_", 8, 12, 2)]:
        s = p + stage
        y = m.node("BatchNormalization", [x] + batch_norm(m, s + "batchnorm0", cin),
                   s + "batchnorm0_fwd", epsilon=2e-5)
        y = m.node("Relu", [y], s + "activation0")
        if stride > 1:
            x = m.node("Conv", [y, m.weights(s + "conv2_weight", cout, cin, 1, 1)],
                       s + "conv2_fwd", kernel_shape=[1, 1], strides=[2, 2], **conv)
        y = m.node("Conv", [y, m.weights(s + "conv0_weight", cout, cin, 3, 3)], s + "conv0_fwd",
                   kernel_shape=[3, 3], strides=[stride, stride], pads=[1, 1, 1, 1], **conv)
        y = m.node("BatchNormalization", [y] + batch_norm(m, s + "batchnorm1", cout),
                   s + "batchnorm1_fwd", epsilon=1e-5)
        y = m.node("Relu", [y], s + "activation1")
        y = m.node("Conv", [y, m.weights(s + "conv1_weight", cout, cout, 3, 3)], s + "conv1_fwd",
                   kernel_shape=[3, 3], pads=[1, 1, 1, 1], **conv)
        x = m.node("Add", [y, x], s + "_plus0")
    x = m.node("Relu", [x], p + "relu1_fwd")
    x = m.node("GlobalAveragePool", [x], p + "pool1_fwd")
    x = m.node("Reshape", [x, m.tensor("reshape_attr_tensor", longs(0, -1))], p + "flatten0")
    x = m.node("Flatten", [x], "flatten_473")
    w, b = m.weights(p + "dense0_weight", 10, 12), m.weights(p + "dense0_bias", 10)
    m.outputs = [m.node("Gemm", [x, w, b], p + "dense0_fwd", transB=1, alpha=1.0, beta=1.0)]
    return m, ["resnetv24_stage2__plus0", "resnetv24_dense0_fwd"]


def vgg():
    """VGG 19 of Caffe2: the maps are flattened as they are, at one size."""
    m = Model("vgg", 9, IMAGE, listed=True, storage="tagged")
    x, cin = "data", 3
    for stage, cout in enumerate([4, 6, 8, 8], 1):
        x = relu(m, biased(m, x, f"conv{stage}_1", cin, cout, 3, pads=[1, 1, 1, 1]))
        x = m.node("MaxPool", [x], out=f"pool{stage}_1", kernel_shape=[2, 2], strides=[2, 2])
        cin = cout
    x = m.node("Reshape", [x, m.tensor("shape", longs(1, 128))], out="flat")
    w, b = m.weights("fc6_w_0", 12, 128), m.weights("fc6_b_0", 12)
    x = m.node("Gemm", [x, w, b], out="fc6_1", transB=1)
    x = m.node("Relu", [x], out="fc6_2")
    x = m.node("Dropout", [x], outputs=["fc6_3", "fc6_mask"], ratio=0.5)
    w, b = m.weights("fc8_w_0", 10, 12), m.weights("fc8_b_0", 10)
    x = m.node("Gemm", [x, w, b], out="fc8_1", transB=1)
    m.outputs = [m.node("Softmax", [x], out="prob_1")]
    return m, ["pool3_1", "fc8_1"]


def alexnet():
    """As older versions of torch.onnx exported x.view(x.size(0), -1) after an adaptive pooling."""
    m = Model("alexnet", 11, IMAGE, storage="half")
    w, b = m.weights("features.0.weight", 8, 3, 11, 11), m.weights("features.0.bias", 8)
    x = m.node("Conv", ["data", w, b], "Conv_0", kernel_shape=[11, 11], strides=[4, 4],
               pads=[2, 2, 2, 2], dilations=[1, 1], group=1)
    x = m.node("Relu", [x], "Relu_1")
    x = m.node("MaxPool", [x], "MaxPool_2", kernel_shape=[3, 3], strides=[2, 2], ceil_mode=0)
    w, b = m.weights("features.3.weight", 8, 8, 5, 5), m.weights("features.3.bias", 8)
    x = m.node("Conv", [x, w, b], "Conv_3", kernel_shape=[5, 5], pads=[1, 1, 1, 1])
    x = m.node("Relu", [x], "Relu_4")
    # 5x5 cells at the training size, so that the adaptive pooling to 5x5 became this.
    x = m.node("AveragePool", [x], "AveragePool_5", kernel_shape=[1, 1], strides=[1, 1])
    m.adaptive[x] = 5
    shape = m.node("Shape", [x], "Shape_6")
    zero = m.node("Constant", [], "Constant_7", value=longs(0).reshape(()))
    batch = m.node("Gather", [shape, zero], "Gather_8", axis=0)
    batch = m.node("Unsqueeze", [batch], "Unsqueeze_9", axes=[0])
    rest = m.node("Constant", [], "Constant_10", value=longs(-1))
    both = m.node("Concat", [batch, rest], "Concat_11", axis=0)
    x = m.node("Reshape", [x, both], "Reshape_12")
    w, b = m.weights("classifier.weight", 10, 200), m.weights("classifier.bias", 10)
    m.outputs = [m.node("Gemm", [x, w, b], "Gemm_13", transB=1, alpha=1.0, beta=1.0)]
    return m, ["Conv_3", "Gemm_13"]


def densenet():
    """DenseNet 121 of Caffe: scales and shifts of their own after each batch norm."""
    m = Model("densenet", 9, IMAGE, listed=True, storage="bfloat16")

    def unit(x, key, cin, cout, k):
        x = m.node("BatchNormalization", [x] + batch_norm(m, key + "/bn", cin), out=key + "/bn_1",
                   epsilon=1e-5)
        scale = m.node("Unsqueeze", [m.positive(key + "/scale_w_0", cin)], axes=[1, 2])
        shift = m.node("Unsqueeze", [m.weights(key + "/scale_b_0", cin, scale=0.1)], axes=[1, 2])
        x = m.node("Mul", [x, scale], out=key + "/scale_internal_1")
        x = m.node("Add", [x, shift], out=key + "/scale_1")
        x = m.node("Relu", [x], out=key + "/scale_2")
        w = m.weights(key + "_w_0", cout, cin, k, k)
        return m.node("Conv", [x, w], out=key + "_1", kernel_shape=[k, k], pads=[k // 2] * 4)

    w = m.weights("conv1_w_0", 8, 3, 7, 7)
    x = m.node("Conv", ["data", w], out="conv1_1", kernel_shape=[7, 7], strides=[2, 2],
               pads=[3, 3, 3, 3])
    x = m.node("MaxPool", [x], out="pool1_1", kernel_shape=[3, 3], strides=[2, 2],
               pads=[1, 1, 1, 1])
    for layer, cin in [("conv2_1", 8), ("conv2_2", 12)]:
        y = unit(unit(x, layer + "/x1", cin, 8, 1), layer + "/x2", 8, 4, 3)
        x = m.node("Concat", [x, y], out=f"concat_{layer}_1", axis=1)
    x = unit(x, "conv2_blk", 16, 8, 1)
    x = m.node("AveragePool", [x], out="pool2_1", kernel_shape=[2, 2], strides=[2, 2])
    x = m.node("GlobalAveragePool", [x], out="pool5_1")
    w, b = m.weights("fc6_w_0", 10, 8, 1, 1), m.weights("fc6_b_0", 10)
    m.outputs = [m.node("Conv", [x, w, b], out="fc6_1", kernel_shape=[1, 1])]
    return m, ["concat_conv2_2_1", "fc6_1"]


def squeezenet():
    """SqueezeNet 1.0 of Caffe2: maps of classes, averaged."""
    m = Model("squeezenet", 8, IMAGE, listed=True, storage="external")
    x = relu(m, biased(m, "data", "conv1", 3, 8, 7, strides=[2, 2]))
    x = m.node("MaxPool", [x], out="pool1_1", kernel_shape=[3, 3], strides=[2, 2],
               pads=[0, 0, 0, 0])
    for fire, cin in [("fire2", 8), ("fire3", 12)]:
        s = relu(m, biased(m, x, fire + "/squeeze1x1", cin, 4, 1))
        a = relu(m, biased(m, s, fire + "/expand1x1", 4, 6, 1))
        b = relu(m, biased(m, s, fire + "/expand3x3", 4, 6, 3, pads=[1, 1, 1, 1]))
        x = m.node("Concat", [a, b], out=fire + "/concat_1", axis=1)
    x = m.node("MaxPool", [x], out="pool3_1", kernel_shape=[3, 3], strides=[2, 2],
               pads=[0, 0, 1, 1])
    x = m.node("Dropout", [x], outputs=["drop9", "drop9_mask"], ratio=0.5)
    x = relu(m, biased(m, x, "conv10", 12, 10, 1))
    x = m.node("GlobalAveragePool", [x], out="pool10_1")
    m.outputs = [m.node("Softmax", [x], out="softmaxout_1")]
    return m, ["fire3/concat_1", "pool10_1"]


def mobilenet_v2(opset):
    """Inverted residuals; the bounds of ReLU6 are attributes or, from version 11 on, inputs."""
    m = Model(f"mobilenet_v2_opset{opset}", opset, ["batch_size", 3, 64, 64])
    bounds = [m.tensor("zero", np.float32(0)), m.tensor("six", np.float32(6))]

    def relu6(x, name):
        if opset < 11:
            return m.node("Clip", [x], name, min=0.0, max=6.0)
        return m.node("Clip", [x] + bounds, name)

    def unit(x, number, cin, cout, k, groups=1, stride=1, act=True):
        key = f"features.{number}"
        w = m.weights(key + ".weight", cout, cin // groups, k, k)
        b = m.weights(key + ".bias", cout, scale=2.0)
        x = m.node("Conv", [x, w, b], f"Conv_{number}", kernel_shape=[k, k], group=groups,
                   strides=[stride, stride], pads=[k // 2] * 4, dilations=[1, 1])
        return relu6(x, f"Clip_{number}") if act else x

    x = unit("data", 0, 3, 6, 3, stride=2)
    x = unit(unit(x, 1, 6, 6, 3, groups=6), 2, 6, 4, 1, act=False)
    y = unit(unit(unit(x, 3, 4, 12, 1), 4, 12, 12, 3, groups=12), 5, 12, 4, 1, act=False)
    x = m.node("Add", [x, y], "Add_6")
    x = unit(unit(unit(x, 7, 4, 12, 1), 8, 12, 12, 3, groups=12, stride=2), 9, 12, 6, 1, act=False)
    x = unit(x, 10, 6, 16, 1)
    x = m.node("GlobalAveragePool", [x], "GlobalAveragePool_11")
    shape = m.node("Shape", [x], "Shape_12")
    zero = m.node("Constant", [], "Constant_13", value=longs(0).reshape(()))
    batch = m.node("Gather", [shape, zero], "Gather_14", axis=0)
    if opset < 13:
        batch = m.node("Unsqueeze", [batch], "Unsqueeze_15", axes=[0])
    else:
        batch = m.node("Unsqueeze", [batch, m.tensor("axes", longs(0))], "Unsqueeze_15")
    both = m.node("Concat", [batch, m.tensor("rest", longs(-1))], "Concat_16", axis=0)
    x = m.node("Reshape", [x, both], "Reshape_17")
    w, b = m.weights("classifier.weight", 10, 16), m.weights("classifier.bias", 10)
    m.outputs = [m.node("Gemm", [x, w, b], "Gemm_18", transB=1, alpha=1.0, beta=1.0)]
    return m, ["Add_6", "Gemm_18"]


def efficientnet():
    """As tf2onnx converts it: the image's channels are last, padding is TensorFlow's SAME."""
    m = Model("efficientnet", 13, ["N", 64, 64, 3])
    p = "efficientnet/"

    def swish(x, name):
        return m.node("Mul", [x, m.node("Sigmoid", [x], name + "/Sigmoid")], name + "/mul")

    def unit(x, key, cin, cout, k, groups=1, stride=1):
        w, b = m.weights(p + key + "/w", cout, cin // groups, k, k), m.weights(p + key + "/b", cout)
        return m.node("Conv", [x, w, b], p + key + "/Conv2D", kernel_shape=[k, k], group=groups,
                      strides=[stride, stride], auto_pad="SAME_UPPER")

    def squeeze(x, key, n, few):
        """Gates of channels from their means over the whole image."""
        y = m.node("ReduceMean", [x], p + key + "/Mean", axes=[2, 3], keepdims=1)
        y = swish(unit(y, key + "/reduce", n, few, 1), p + key + "/reduce")
        y = m.node("Sigmoid", [unit(y, key + "/expand", few, n, 1)], p + key + "/Sigmoid")
        return m.node("Mul", [y, x], p + key + "/mul")

    x = m.node("Transpose", ["data"], p + "stem/Transpose", perm=[0, 3, 1, 2])
    x = swish(unit(x, "stem", 3, 8, 3, stride=2), p + "stem")
    x = swish(unit(x, "blocks_0/depthwise", 8, 8, 3, groups=8), p + "blocks_0")
    x = unit(squeeze(x, "blocks_0/se", 8, 2), "blocks_0/project", 8, 6, 1)
    y = swish(unit(x, "blocks_1/expand", 6, 12, 1), p + "blocks_1/expand")
    y = swish(unit(y, "blocks_1/depthwise", 12, 12, 5, groups=12, stride=2), p + "blocks_1")
    x = unit(squeeze(y, "blocks_1/se", 12, 3), "blocks_1/project", 12, 6, 1)
    x = m.node("Transpose", [x], p + "head/Transpose", perm=[0, 2, 3, 1])
    x = m.node("Relu", [x], p + "head/Relu")
    x = m.node("ReduceMean", [x], p + "head/Mean", axes=[1, 2], keepdims=0)
    x = m.node("MatMul", [x, m.weights(p + "head/w", 6, 10)], p + "head/MatMul")
    x = m.node("Add", [x, m.weights(p + "head/b", 10)], p + "head/Add")
    m.outputs = [m.node("Softmax", [x], p + "Softmax", axis=-1)]
    return m, ["efficientnet/blocks_0/se/mul", "efficientnet/head/Add"]


def shufflenet():
    """ShuffleNet 1.0 of Caffe2: groups that are shuffled at maps of one size."""
    m = Model("shufflenet", 9, IMAGE, listed=True)
    x = relu(m, biased(m, "data", "gpu_0/conv3", 3, 8, 3, strides=[2, 2], pads=[1, 1, 1, 1]))
    x = m.node("MaxPool", [x], out="gpu_0/pool1_1", kernel_shape=[3, 3], strides=[2, 2],
               pads=[1, 1, 1, 1])
    for unit, stride, size in [("gpu_0/unit1", 1, 16), ("gpu_0/unit2", 2, 8)]:
        y = relu(m, biased(m, x, unit + "/gconv1", 8, 12, 1, groups=2))
        y = m.node("Reshape", [y, m.tensor(unit + "/5d", longs(1, 2, 6, 16, 16))],
                   out=unit + "/5d_1")
        y = m.node("Transpose", [y], out=unit + "/transposed_1", perm=[0, 2, 1, 3, 4])
        y = m.node("Reshape", [y, m.tensor(unit + "/4d", longs(1, 12, 16, 16))],
                   out=unit + "/shuffled_1")
        y = biased(m, y, unit + "/conv2", 12, 12, 3, groups=12, strides=[stride, stride],
                   pads=[1, 1, 1, 1])
        y = biased(m, y, unit + "/gconv3", 12, 8, 1, groups=2)
        if stride == 1:
            x = m.node("Add", [y, x], out=unit + "/sum_1")
        else:
            x = m.node("AveragePool", [x], out=unit + "/average_1", kernel_shape=[3, 3],
                       strides=[2, 2], pads=[1, 1, 1, 1])
            x = m.node("Concat", [x, y], out=unit + "/concat_1", axis=1)
        x = m.node("Relu", [x], out=unit + "/relu_1")
    x = m.node("AveragePool", [x], out="gpu_0/final_avg_1", kernel_shape=[8, 8], strides=[1, 1])
    m.adaptive[x] = 1
    x = m.node("Reshape", [x, m.tensor("shape", longs(1, 16))], out="gpu_0/flat")
    w, b = m.weights("gpu_0/last_out_w", 10, 16), m.weights("gpu_0/last_out_b", 10)
    x = m.node("Gemm", [x, w, b], out="gpu_0/last_out_L1000_1", transB=1)
    m.outputs = [m.node("Softmax", [x], out="gpu_0/softmax_1")]
    return m, ["gpu_0/unit1/sum_1", "gpu_0/unit2/concat_1", "gpu_0/last_out_L1000_1"]


def shufflenet_v2():
    """As torch.onnx exports it, with the sides taken from the maps."""
    m = Model("shufflenet_v2", 13, [1, 3, "h", "w"])
    x = normed(m, "data", "conv1", 3, 8, 3, strides=[2, 2])
    sizes = m.tensor("halves", longs(4, 4))
    for stage in ["stage2.0", "stage2.1"]:
        a, b = f"{stage}.a", f"{stage}.b"
        m.node("Split", [x, sizes], f"/{stage}/Split", outputs=[a, b], axis=1)
        y = normed(m, b, stage + ".pw", 4, 4, 1)
        y = normed(m, y, stage + ".dw", 4, 4, 3, act=False, groups=4)
        x = m.node("Concat", [a, y], f"/{stage}/Concat", axis=1)
        shape = m.node("Shape", [x], f"/{stage}/Shape")
        rows = m.node("Slice", [shape, m.tensor(stage + ".2", longs(2)),
                                m.tensor(stage + ".4", longs(4)), m.tensor(stage + ".0", longs(0))],
                      f"/{stage}/Slice")
        first = m.tensor(stage + ".242", longs(1, 2, 4))
        five = m.node("Concat", [first, rows], f"/{stage}/Concat_1", axis=0)
        x = m.node("Reshape", [x, five], f"/{stage}/Reshape")
        x = m.node("Transpose", [x], f"/{stage}/Transpose", perm=[0, 2, 1, 3, 4])
        four = m.node("Concat", [m.tensor(stage + ".18", longs(1, -1)), rows],
                      f"/{stage}/Concat_2", axis=0)
        x = m.node("Reshape", [x, four], f"/{stage}/Reshape_1")
    x = m.node("ReduceMean", [x], "/ReduceMean", axes=[2, 3], keepdims=0)
    w, b = m.weights("fc.weight", 10, 8), m.weights("fc.bias", 10)
    x = m.node("Gemm", [x, w, b], "/fc/Gemm", transB=1, alpha=0.5, beta=2.0)
    m.outputs = [m.node("LogSoftmax", [x], "/LogSoftmax", axis=1)]
    return m, ["/stage2.1/Reshape_1", "/fc/Gemm"]


def first_version():
    """Version 6 and before: a constant is joined at an axis that the node names."""
    m = Model("first_version", 6, IMAGE, listed=True, storage="double")
    x = m.node("Sub", ["data", m.weights("means", 3)], out="centred", broadcast=1, axis=1)
    x = m.node("Mul", [x, m.positive("factors", 3)], out="scaled", broadcast=1, axis=1)
    x = biased(m, x, "conv1", 3, 6, 3, strides=[2, 2], pads=[1, 1, 1, 1])
    x = m.node("Div", [x, m.tensor("half", np.float32(0.5))], out="halved", broadcast=1)
    x = m.node("Dropout", [x], out="dropped", is_test=1, ratio=0.5)
    x = m.node("Reshape", [m.node("GlobalMaxPool", [x], out="largest"), m.tensor("s", longs(1, 6))],
               out="flat")
    m.outputs = [m.node("Gemm", [x, m.weights("fc", 5, 6), m.weights("b", 5)], out="fc_1",
                        transB=1, broadcast=1)]
    return m, ["halved", "fc_1"]


def operators():
    """What else there is: each operator in a form that the others lack."""
    m = Model("operators", 11, IMAGE, seed=3)
    index = m.tensor("index", longs(2, 1, 0))
    x = m.node("Gather", ["data", index], "Gather", axis=1)
    x = m.node("Sub", [m.tensor("one", np.float32(1)), x], "Sub")
    x = biased(m, x, "dilated", 3, 8, 3, dilations=[2, 2], pads=[2, 2, 2, 2])
    x = m.node("LeakyRelu", [x], "LeakyRelu", alpha=0.1)
    x = m.node("PRelu", [x, m.weights("slopes", 8, 1, 1)], "PRelu")
    x = m.node("Pad", [x, m.tensor("pads", longs(0, 0, 1, 2, 0, 0, 3, 0))], "Pad",
               mode="constant")
    x = m.node("MaxPool", [x], "MaxPool", kernel_shape=[3, 3], strides=[2, 2],
               auto_pad="SAME_LOWER")
    x = biased(m, x, "same", 8, 8, 4, strides=[2, 2], auto_pad="SAME_LOWER")
    a = m.node("Elu", [x], "Elu", alpha=0.7)
    b = m.node("HardSigmoid", [x], "HardSigmoid", alpha=0.25, beta=0.4)
    c = m.node("Tanh", [x], "Tanh")
    x = m.node("Sum", [a, b, c], "Sum")
    x = m.node("Max", [x, a], "Max")
    x = m.node("Min", [x, m.tensor("most", np.float32(1.5))], "Min")
    x = m.node("Mul", [x, m.tensor("factors", m.random.uniform(0.5, 1.5, (1, 8, 1, 1)))], "Mul")
    x = m.node("HardSwish", [x], "HardSwish")
    x = m.node("Slice", [x, m.tensor("from", longs(2, 1)), m.tensor("to", longs(8, -1)),
                         m.tensor("axes", longs(1, 3))], "Slice")
    y = m.node("AveragePool", [x], "AveragePool", kernel_shape=[3, 2], strides=[2, 2],
               pads=[1, 0, 0, 1], ceil_mode=1)
    z = m.node("AveragePool", [x], "AveragePool_counted", kernel_shape=[3, 2], strides=[2, 2],
               pads=[1, 0, 0, 1], ceil_mode=1, count_include_pad=1)
    w = m.node("AveragePool", [x], "AveragePool_same", kernel_shape=[3, 3], strides=[2, 2],
               auto_pad="SAME_UPPER")
    w = m.node("Pad", [w, m.tensor("more", longs(0, 0, 0, 0, 0, 0, 1, 1)),
                       m.tensor("filling", np.float32(0.25))], "Pad_filled")
    y = m.node("Concat", [y, z], "Concat", axis=-3)
    y = m.node("MaxPool", [y], "MaxPool_ceil", kernel_shape=[2, 2], strides=[2, 2], ceil_mode=1)
    y = m.node("ReduceMax", [y], "ReduceMax", axes=[-1, -2], keepdims=1)
    w = m.node("GlobalAveragePool", [w], "GlobalAveragePool")
    y = m.node("Squeeze", [y], "Squeeze", axes=[2, 3])
    w = m.node("Squeeze", [w], "Squeeze_1", axes=[3, 2])
    x = m.node("Concat", [y, w], "Concat_1", axis=1)
    x = m.node("Unsqueeze", [x], "Unsqueeze", axes=[2, 3])
    x = m.node("Cast", [m.node("Identity", [x], "Identity")], "Cast", to=1)
    x = m.node("Flatten", [x], "Flatten")
    x = m.node("MatMul", [x, m.weights("matrix", 18, 6)], "MatMul")
    m.outputs = [m.node("Softmax", [x], "Softmax", axis=1)]
    return m, ["AveragePool_counted", "MatMul"]


def all_models():
    return [
        googlenet("bvlc_googlenet", 9, False),
        googlenet("inception_v1", 12, True, seed=2, storage="lists"),
        resnet_v1(),
        resnet_v2(),
        vgg(),
        alexnet(),
        densenet(),
        squeezenet(),
        mobilenet_v2(10),
        mobilenet_v2(13),
        efficientnet(),
        shufflenet(),
        shufflenet_v2(),
        first_version(),
        operators(),
    ]


def picture(height, width):
    c, i, j = np.mgrid[0:3, 0:height, 0:width]
    x = (0.5 + 0.5 * np.sin(0.11 * i + 0.17 * j + 1.3 * c)).astype(np.float32)
    return torch.from_numpy(x.astype(np.float64)[None])


def ran(m, x):
    given = (x - 0.5) / 0.25
    last = m.shape[3] == 3
    return m.run(given.permute(0, 2, 3, 1) if last else given)


def numbers(m, deep, height, width):
    x = picture(height, width)
    values = ran(m, x)
    layers, gradients = {}, {}
    for layer, output in m.layers().items():
        a = values.get(output)
        if a is not None and a.is_floating_point() and depends(m, output):
            layers[layer] = {"shape": list(a.shape), "mean": a.mean().item(), "l2": a.norm().item()}
    for layer in deep:
        if layer in layers:
            leaf = x.clone().requires_grad_(True)
            (0.5 * ran(m, leaf)[m.layers()[layer]].square().sum()).backward()
            g = leaf.grad.flatten()
            gradients[layer] = {"l2": g.norm().item(), "first5": g[:5].tolist()}
    return {"layers": layers, "gradients": gradients}


def depends(m, output):
    """Whether a value depends on the image, rather than on constants or shapes."""
    made = {o: (op, inputs) for op, inputs, outputs, _, _ in m.nodes for o in outputs}
    if output not in made:
        return output == "data"
    op, inputs = made[output]
    return op != "Shape" and any(depends(m, i) for i in inputs)


def compact(value, depth=0):
    if depth == 4 or not isinstance(value, dict):
        return json.dumps(value)
    inside = ",\n".join(f"{' ' * depth} {json.dumps(k)}: {compact(v, depth + 1)}"
                        for k, v in value.items())
    return "{\n" + inside + "\n" + " " * depth + "}"


def squeezenet_of(weights, out):
    """torchvision's SqueezeNet 1.0 with trained weights; each node has its module's name."""
    state = torch.load(weights, map_location="cpu")
    m = Model("squeezenet1_0", 11, ["batch", 3, 224, 224])
    for key, value in state.items():
        m.tensor(key, value.numpy())

    def conv(x, key, **attributes):
        k = state[key + ".weight"].shape[2]
        return m.node("Conv", [x, key + ".weight", key + ".bias"], key, kernel_shape=[k, k],
                      **attributes)

    def pool(x, number):
        return m.node("MaxPool", [x], f"features.{number}", kernel_shape=[3, 3], strides=[2, 2],
                      ceil_mode=1)

    x = conv("data", "features.0", strides=[2, 2])
    x = pool(m.node("Relu", [x], "features.1"), 2)
    for number in range(3, 13):
        if number in (6, 11):
            x = pool(x, number)
            continue
        key = f"features.{number}"
        s = m.node("Relu", [conv(x, key + ".squeeze")], key + ".squeeze_activation")
        a = m.node("Relu", [conv(s, key + ".expand1x1")], key + ".expand1x1_activation")
        b = conv(s, key + ".expand3x3", pads=[1, 1, 1, 1])
        b = m.node("Relu", [b], key + ".expand3x3_activation")
        x = m.node("Concat", [a, b], key, axis=1)
    x = conv(x, "classifier.1")
    x = m.node("GlobalAveragePool", [m.node("Relu", [x], "classifier.2")], "classifier.3")
    m.outputs = [m.node("Flatten", [x], "classifier", axis=1)]
    Path(out).write_bytes(m.bytes())


def main():
    if sys.argv[1:2] == ["--squeezenet"]:
        squeezenet_of(sys.argv[2], sys.argv[3])
        return
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    oracle = {}
    for m, deep in all_models():
        (folder / f"{m.name}.onnx").write_bytes(m.bytes())
        if m.external:
            (folder / f"{m.name}.data").write_bytes(m.external)
        oracle[m.name] = {"64x64": numbers(m, deep, 64, 64), "97x80": numbers(m, deep, 80, 97)}
    (folder / "oracle.json").write_text(compact(oracle) + "\n")


if __name__ == "__main__":
    main()
