problem-e-rep-01 = Mã gửi này đã dùng cho một báo cáo khác. Hãy gửi báo cáo mới với mã mới.
problem-e-rep-02 = Đơn vị này không tổ chức đại hội trong kỳ này vào ngày đã nêu, nên không có gì để báo cáo. Hãy kiểm tra lại đơn vị và ngày.
problem-e-rep-03 = Ngày này trước khi kỳ đại hội bắt đầu. Hãy kiểm tra lại ngày đại hội.
problem-e-rep-04 = Thiếu mã gửi (Idempotency-Key), hoặc mã dài quá 200 ký tự hay có ký tự lạ. Mỗi báo cáo cần một mã riêng, gửi lại thì giữ nguyên mã.
problem-e-rep-05 = Phần khó khăn, vướng mắc dài quá 10.000 chữ. Hãy rút gọn.
