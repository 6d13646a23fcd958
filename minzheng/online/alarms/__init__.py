"""居家报警的接口：设备平台用签名的请求报警（docs/services.md）。"""
